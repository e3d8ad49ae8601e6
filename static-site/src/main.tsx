import './theme/components.css';
import './theme/tokens.css';
import './theme/renfort.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider, type RouteObject } from 'react-router';
import { resume } from './api/session';
import { Members } from './account/Members';
import { Home } from './home/Home';
import { Broken, Missing } from './ui/Missing';
import { Layout } from './ui/Layout';

/** Each room is loaded when it is entered; the first page waits for none of them. */
const rooms: RouteObject[] = [
  { path: 'guides', lazy: () => import('./guides/Guides') },
  { path: 'guides/professionnels', lazy: () => import('./guides/ProfessionalGuide') },
  { path: 'guides/etablissements', lazy: () => import('./guides/EstablishmentGuide') },
  { path: 'faq', lazy: () => import('./guides/Questions') },
  { path: 'mentions-legales', lazy: () => import('./guides/LegalNotice') },
  { path: 'donnees-personnelles', lazy: () => import('./guides/PersonalData') },
  { path: 'accessibilite', lazy: () => import('./guides/Accessibility') },
  { path: 'compte-efface', lazy: () => import('./account/Erased') },
  { path: 'connexion', lazy: () => import('./account/Login') },
  { path: 'mot-de-passe', lazy: () => import('./account/Password') },
  { path: 'professionnel/inscription', lazy: () => import('./registration/Registration') },
  { path: 'structure/besoin', lazy: () => import('./need/Need') },
  {
    element: <Members roles={['PROFESSIONAL']} />,
    children: [
      { path: 'professionnel', lazy: () => import('./sheet/Sheet') },
      { path: 'professionnel/candidatures', lazy: () => import('./sheet/OwnCandidacies') },
      { path: 'professionnel/donnees', lazy: () => import('./sheet/OwnData') },
      { path: 'professionnel/donnees/lecture', lazy: () => import('./sheet/OwnExport') },
    ],
  },
  {
    element: <Members roles={['REQUESTER']} />,
    children: [
      { path: 'structure', lazy: () => import('./dashboard/Dashboard') },
      { path: 'structure/donnees', lazy: () => import('./account/RequesterData') },
      { path: 'structure/donnees/lecture', lazy: () => import('./account/RequesterExport') },
    ],
  },
  {
    element: <Members roles={['AGENCY', 'NATIONAL']} />,
    children: [
      { path: 'ars/missions', lazy: () => import('./agency/Missions') },
      { path: 'ars/etablissements', lazy: () => import('./agency/Establishments') },
      { path: 'ars/vivier', lazy: () => import('./agency/Pool') },
      { path: 'ars/regulation', lazy: () => import('./agency/Regulation') },
    ],
  },
];

const routes: RouteObject[] = [
  { index: true, element: <Home /> },
  { lazy: () => import('./api/Queries'), children: rooms },
  { path: '*', element: <Missing /> },
];

const router = createBrowserRouter([
  {
    element: <Layout />,
    children: [{ errorElement: <Broken />, children: routes }],
    hydrateFallbackElement: <></>,
  },
]);

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no root');
}
void resume();
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
