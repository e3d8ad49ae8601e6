package renfort.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import renfort.documents.SlotStore.Claim;
import renfort.documents.model.Check;
import renfort.documents.model.Document;
import renfort.documents.model.DocumentKind;
import renfort.documents.model.Upload;
import renfort.storage.Outage;
import renfort.storage.Writes;
import renfort.web.Log;
import renfort.web.Problem.FieldError;

/** How the taking over of a form's uploads went. */
public sealed interface Taking {

  /**
   * An upload went away since it was looked at.
   *
   * @param fault to be answered on its field
   */
  record Lost(FieldError fault) implements Taking {}

  /**
   * The uploads are copied, and wait for the transaction of their sheet. It is used in this order:
   * {@link #claim}, the commit, {@link #settle}. Without a commit the copies go away by themselves.
   */
  final class Taken implements Taking {
    private final SlotStore store;
    private final Settling settling;
    private final List<Upload> uploads;
    private final List<Claim> claims;

    Taken(SlotStore store, Settling settling, List<Upload> uploads, List<Claim> claims) {
      this.store = store;
      this.settling = settling;
      this.uploads = uploads;
      this.claims = claims;
    }

    /** What the sheet is to keep. */
    public List<Document> documents() {
      return uploads.stream().map(Upload::document).toList();
    }

    /**
     * Adds to the sheet's transaction that the uploads are used now: one write each, labelled
     * {@link DocumentKind#field()}.
     */
    public void claim(Writes writes) {
      for (int i = 0; i < claims.size(); i++) {
        store.claim(writes, uploads.get(i).document().kind().field(), claims.get(i));
      }
    }

    /**
     * What to answer when the transaction was refused under these labels: the uploads that another
     * sheet has claimed meanwhile. Empty when the refusal came from elsewhere.
     */
    public List<FieldError> faults(Set<String> refused) {
      List<FieldError> faults = new ArrayList<>();
      for (Document document : documents()) {
        if (refused.contains(document.kind().field())) {
          Checked.fault(document.kind(), new Check.AlreadyClaimed()).ifPresent(faults::add);
        }
      }
      return faults;
    }

    /**
     * Makes the copies stay, after the commit, and deletes what they replace. A fault here changes
     * nothing for the person: {@link SettleDocuments} does it again.
     */
    public void settle() {
      try {
        settling.settle(claims);
      } catch (Outage outage) {
        Log.error("documents settle", "", outage);
      }
    }
  }
}
