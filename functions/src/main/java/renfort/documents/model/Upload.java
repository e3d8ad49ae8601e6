package renfort.documents.model;

/**
 * An upload that fits, not yet claimed.
 *
 * @param document what a sheet will keep of it
 * @param etag the content that was looked at, as the object store names it
 */
public record Upload(Document document, String etag) {}
