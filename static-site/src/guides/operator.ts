/** Who runs this installation. An operator writes its own here; the pages say it wherever the law wants it said. */
export const operator = {
  name: 'Installation de démonstration de Renfort',
  status:
    'Cette installation n’est éditée par aucune administration. Aucune donnée réelle ne doit y être saisie.',
  contact: 'contact@exemple.fr',
  dataProtection: 'donnees@exemple.fr',
  host: 'L’hébergement est celui de l’exploitant de cette installation.',
};
