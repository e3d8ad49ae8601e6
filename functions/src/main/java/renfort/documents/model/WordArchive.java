package renfort.documents.model;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks into a Word document (ZIP, APPNOTE 4.3; Office Open XML, ECMA-376): whether it is one, and
 * whether it does more than to be read.
 */
public final class WordArchive {
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int DEFLATED = 8;

  /** What all parts of a document may come to, unpacked. */
  private static final long UNPACKED = 64L * 1024 * 1024;

  private static final Pattern WORD = Pattern.compile("word/.+");

  /**
   * The names of macros, controls and packed files, however their folders are written; Word runs no
   * macro from a .docx, but other programs may.
   */
  private static final Pattern ACTIVE =
      Pattern.compile("(?i)(.*[/\\\\])?(vba(project|data)[^/]*|(activex|embeddings)[/\\\\].+)");

  /** Fields that fetch or run something when a document is opened (ECMA-376, 17.16.5). */
  private static final Pattern FETCHING =
      Pattern.compile("(?i)\\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|QUOTE)\\b");

  private WordArchive() {}

  /**
   * A file within the archive.
   *
   * @param name as its directory has it
   * @param method of packing
   * @param size packed, in bytes
   * @param at where its local header begins
   */
  private record Entry(String name, int method, int size, long at) {
    boolean endsWith(String end) {
      return name.toLowerCase(Locale.ROOT).endsWith(end);
    }
  }

  /**
   * Whether the archive has an entry below {@code word/}.
   *
   * @param file the whole of it
   */
  public static boolean holdsWord(byte[] file) {
    return entries(file).stream().anyMatch(entry -> WORD.matcher(entry.name()).matches());
  }

  /**
   * Whether the document has macros, controls or packed files, fetches something when it is opened
   * (a template, a picture, a field of another document), or cannot be looked into.
   *
   * @param file the whole of it
   */
  public static boolean isActive(byte[] file) {
    Inflating unpacking = new Inflating(file, UNPACKED);
    for (Entry entry : entries(file)) {
      boolean isLinks = entry.endsWith(".rels");
      if (ACTIVE.matcher(entry.name()).matches()
          || ((isLinks || entry.endsWith(".xml"))
              && content(file, entry, unpacking)
                  .map(part -> fetches(part, isLinks))
                  .orElse(true))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a part of the document fetches something.
   *
   * @param isLinks whether it lists relationships: one that is no XML could hide some
   */
  private static boolean fetches(byte[] part, boolean isLinks) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    // a document type is reported before anything of it is used, and no part may have one (OPC)
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    StringBuilder fields = new StringBuilder();
    boolean inField = false;
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(part));
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
            return true;
          }
          case XMLStreamConstants.START_ELEMENT -> {
            String name = xml.getLocalName().replaceFirst("^.*:", "");
            inField = name.equals("instrText");
            if (name.equals("Relationship") && leadsOut(xml)) {
              return true;
            }
            if (name.equals("fldSimple")) {
              fields.append(' ').append(attribute(xml, "instr")).append(' ');
            }
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (inField) {
              // a field's text may be cut into pieces anywhere
              fields.append(xml.getText());
            }
          }
          case XMLStreamConstants.END_ELEMENT -> inField = false;
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      if (isLinks) {
        return true;
      }
    }
    return FETCHING.matcher(fields).find();
  }

  /** A relationship to something outside that is not a mere link, or to a part of another form. */
  private static boolean leadsOut(XMLStreamReader xml) {
    String type = attribute(xml, "Type");
    return type.endsWith("/aFChunk")
        || (attribute(xml, "TargetMode").equalsIgnoreCase("External")
            && !type.endsWith("/hyperlink"));
  }

  private static String attribute(XMLStreamReader xml, String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).replaceFirst("^.*:", "").equals(name)) {
        return xml.getAttributeValue(i);
      }
    }
    return "";
  }

  /** An entry's content; nothing when it cannot be unpacked. */
  private static Optional<byte[]> content(byte[] file, Entry entry, Inflating unpacking) {
    if (entry.at() < 0 || entry.at() + LOCAL_LENGTH > file.length) {
      return Optional.empty();
    }
    int at = (int) entry.at();
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt(at) != LOCAL) {
      return Optional.empty();
    }
    int start = at + LOCAL_LENGTH + unsigned(bytes, at + 26) + unsigned(bytes, at + 28);
    if (entry.method() == DEFLATED) {
      return unpacking.from(start, true);
    }
    boolean isWhole = entry.size() >= 0 && (long) start + entry.size() <= file.length;
    return entry.method() == 0 && isWhole
        ? Optional.of(Arrays.copyOfRange(file, start, start + entry.size()))
        : Optional.empty();
  }

  private static List<Entry> entries(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int end = end(bytes);
    long start = end < 0 ? -1 : Integer.toUnsignedLong(bytes.getInt(end + 16));
    return start >= 0 && start < end ? entries(bytes, (int) start, end) : List.of();
  }

  /** Where the record begins that ends an archive, or -1; its comment must reach the very end. */
  private static int end(ByteBuffer bytes) {
    for (int at = bytes.limit() - END_LENGTH; at >= 0; at--) {
      if (bytes.getInt(at) == END && at + END_LENGTH + unsigned(bytes, at + 20) == bytes.limit()) {
        return at;
      }
    }
    return -1;
  }

  private static List<Entry> entries(ByteBuffer bytes, int start, int end) {
    List<Entry> entries = new ArrayList<>();
    int at = start;
    while (at + ENTRY_LENGTH <= end && bytes.getInt(at) == ENTRY) {
      int length = unsigned(bytes, at + 28);
      int next = at + ENTRY_LENGTH + length + unsigned(bytes, at + 30) + unsigned(bytes, at + 32);
      if (next > end) {
        return entries;
      }
      byte[] name = new byte[length];
      bytes.get(at + ENTRY_LENGTH, name);
      entries.add(
          new Entry(
              new String(name, StandardCharsets.ISO_8859_1),
              unsigned(bytes, at + 10),
              bytes.getInt(at + 20),
              Integer.toUnsignedLong(bytes.getInt(at + 42))));
      at = next;
    }
    return entries;
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}
