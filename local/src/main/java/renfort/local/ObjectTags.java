package renfort.local;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** The tags of objects, which the object store itself does not keep; by {@code bucket/key}. */
final class ObjectTags {
  private static final XMLInputFactory READERS = readers();
  private static final XMLOutputFactory WRITERS = XMLOutputFactory.newInstance();

  private final Stored stored;
  private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

  ObjectTags(@Nullable Path file) {
    stored = new Stored(file);
    stored
        .load()
        .properties()
        .forEach(
            object -> {
              Map<String, String> own = new LinkedHashMap<>();
              object
                  .getValue()
                  .properties()
                  .forEach(tag -> own.put(tag.getKey(), tag.getValue().asText()));
              tags.put(object.getKey(), own);
            });
  }

  synchronized Map<String, String> of(String object) {
    return Map.copyOf(tags.getOrDefault(object, Map.of()));
  }

  synchronized void set(String object, Map<String, String> own) {
    Map<String, String> before =
        own.isEmpty() ? tags.remove(object) : tags.put(object, new LinkedHashMap<>(own));
    if (before != null || !own.isEmpty()) {
      stored.save(Trees.of(tags));
    }
  }

  /** Reads the header's form, {@code a=b&c=d}. */
  static Map<String, String> fromHeader(@Nullable String header) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String pair : Optional.ofNullable(header).orElse("").split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        tags.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return tags;
  }

  /** Reads a Tagging document; empty when it is none. */
  static Optional<Map<String, String>> fromXml(byte[] body) {
    Map<String, String> tags = new LinkedHashMap<>();
    try {
      XMLStreamReader reader = READERS.createXMLStreamReader(new ByteArrayInputStream(body));
      String key = "";
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT) {
          switch (reader.getLocalName()) {
            case "Key" -> key = reader.getElementText();
            case "Value" -> tags.put(key, reader.getElementText());
            default -> {}
          }
        }
      }
      return Optional.of(tags);
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
  }

  /** Writes a Tagging document. */
  static byte[] toXml(Map<String, String> tags) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter writer = WRITERS.createXMLStreamWriter(text);
      writer.writeStartDocument();
      writer.writeStartElement("Tagging");
      writer.writeDefaultNamespace("http://s3.amazonaws.com/doc/2006-03-01/");
      writer.writeStartElement("TagSet");
      for (Map.Entry<String, String> tag : tags.entrySet()) {
        writer.writeStartElement("Tag");
        writer.writeStartElement("Key");
        writer.writeCharacters(tag.getKey());
        writer.writeEndElement();
        writer.writeStartElement("Value");
        writer.writeCharacters(tag.getValue());
        writer.writeEndElement();
        writer.writeEndElement();
      }
      writer.writeEndDocument();
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static XMLInputFactory readers() {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
