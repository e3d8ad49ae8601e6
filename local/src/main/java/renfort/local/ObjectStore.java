package renfort.local;

import static renfort.local.Template.list;
import static renfort.local.Template.object;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects: s3proxy's handler behind a server of ours, which adds what the handler lacks: tags
 * of objects, and the bucket's lifecycle rules.
 */
final class ObjectStore implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;
  private final BlobStore store;
  private final ObjectTags tags;

  /**
   * Prepares the store; {@link #open} makes the buckets known and answers.
   *
   * @param directory where objects stay; in memory when absent
   */
  ObjectStore(int port, @Nullable Path directory) {
    if (directory == null) {
      store = new Ordered(new TransientNio2BlobStore());
      tags = new ObjectTags(null);
    } else {
      try {
        Path blobs = Files.createDirectories(directory.resolve("blobs"));
        store = new Encrypting(new FilesystemNio2BlobStore(blobs.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      tags = new ObjectTags(directory.resolve("tags.json"));
    }
    QueuedThreadPool threads = new QueuedThreadPool(16, 2);
    threads.setName("objects");
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setHttpCompliance(HttpCompliance.LEGACY);
    http.setUriCompliance(UriCompliance.LEGACY);
    http.setHeaderCacheCaseSensitive(true);
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    try {
      connector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address, known before {@link #open}. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** Makes the declared buckets and begins to answer. */
  void open(Template template, Resolver resolver) {
    for (Template.Resource bucket : template.resources("AWS::S3::Bucket")) {
      String name = bucketName(bucket, resolver);
      if (!store.containerExists(name)) {
        var _ = store.createContainer(name);
      }
    }
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new Front(cors(template, resolver))), "/*");
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("The object store does not start", e);
    }
  }

  /** Stores an object without a request over HTTP: the demonstration stores hundreds at once. */
  void put(PutObjectRequest request, byte[] content) {
    var _ = store.putBlob(request, new ByteArrayInputStream(content));
  }

  /** Deletes what the lifecycle rules of the template have let expire by the given moment. */
  void expire(S3Client client, Template template, Resolver resolver, Instant now) {
    for (Template.Resource bucket : template.resources("AWS::S3::Bucket")) {
      String name = bucketName(bucket, resolver);
      Object declared = object(bucket.properties().get("LifecycleConfiguration")).get("Rules");
      for (Object rule : list(resolver.resolve(declared, bucket.id() + ".Rules"))) {
        if ("Enabled".equals(object(rule).get("Status"))
            && object(rule).get("ExpirationInDays") instanceof Number days) {
          String prefix = object(rule).getOrDefault("Prefix", "").toString();
          for (S3Object one :
              client.listObjectsV2Paginator(list -> list.bucket(name).prefix(prefix)).contents()) {
            boolean old = !one.lastModified().plus(Duration.ofDays(days.longValue())).isAfter(now);
            if (old && tagged(name + "/" + one.key(), list(object(rule).get("TagFilters")))) {
              var _ = client.deleteObject(delete -> delete.bucket(name).key(one.key()));
            }
          }
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The object store does not stop", e);
    }
  }

  /** A bucket's name here: the declared one, else its logical id in lower case. */
  static String bucketName(Template.Resource bucket, Resolver resolver) {
    Object name = bucket.properties().get("BucketName");
    return name == null
        ? "renfort-" + bucket.id().toLowerCase(Locale.ROOT)
        : resolver.text(name, bucket.id() + ".BucketName");
  }

  private boolean tagged(String object, List<?> filters) {
    Map<String, String> own = tags.of(object);
    return filters.stream()
        .allMatch(
            filter ->
                String.valueOf(object(filter).get("Value"))
                    .equals(own.get(String.valueOf(object(filter).get("Key")))));
  }

  /** The first CORS rule of the first bucket; a site on 127.0.0.1 is also one on localhost. */
  private static @Nullable CrossOriginResourceSharing cors(Template template, Resolver resolver) {
    for (Template.Resource bucket : template.resources("AWS::S3::Bucket")) {
      Object declared = object(bucket.properties().get("CorsConfiguration")).get("CorsRules");
      for (Object rule : list(resolver.resolve(declared, bucket.id() + ".CorsRules"))) {
        return new CrossOriginResourceSharing(
            texts(object(rule).get("AllowedOrigins")).stream().map(ObjectStore::origin).toList(),
            texts(object(rule).get("AllowedMethods")),
            texts(object(rule).get("AllowedHeaders")),
            texts(object(rule).get("ExposedHeaders")),
            "");
      }
    }
    return null;
  }

  private static String origin(String origin) {
    return origin.equals("*")
        ? origin
        : origin.replace(".", "\\.").replace("127\\.0\\.0\\.1", "(127\\.0\\.0\\.1|localhost)");
  }

  private static List<String> texts(@Nullable Object values) {
    return list(values).stream().map(Object::toString).toList();
  }

  /**
   * A store whose removals wait for its writes. A removal takes emptied directories along, also one
   * that a write has just made for its own file, and the write then failed. The content is read
   * before, so that a slow sender holds up nobody.
   */
  private static class Ordered extends ForwardingBlobStore {
    private final ReadWriteLock directories = new ReentrantReadWriteLock();

    Ordered(BlobStore store) {
      super(store);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
      byte[] read;
      try {
        read = content.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return within(
          directories.readLock(), () -> super.putBlob(request, new ByteArrayInputStream(read)));
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
      return within(directories.readLock(), () -> super.copyBlob(request));
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
      return within(directories.writeLock(), () -> super.removeBlob(request));
    }

    private static <T> T within(Lock lock, Supplier<T> work) {
      lock.lock();
      try {
        return work.get();
      } finally {
        lock.unlock();
      }
    }
  }

  /** A store that takes the request for encryption; on a laptop nothing is encrypted at rest. */
  private static final class Encrypting extends Ordered {
    Encrypting(BlobStore store) {
      super(store);
    }

    @Override
    public boolean supportsServerSideEncryption() {
      return true;
    }
  }

  /** S3's own answers, with the error document that the handler leaves to its server. */
  private static final class Handler extends S3ProxyHandler {
    Handler(BlobStore store, @Nullable CrossOriginResourceSharing cors) {
      super(
          store,
          AuthenticationType.AWS_V4,
          LocalPlatform.ACCESS_KEY,
          LocalPlatform.SECRET_KEY,
          null,
          64L << 20,
          32L << 20,
          16 << 20,
          false,
          cors,
          null,
          15 * 60);
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, AwsServiceException e)
        throws IOException {
      AwsErrorDetails details = e.awsErrorDetails();
      if (details == null || details.errorCode() == null) {
        S3ErrorCode code =
            switch (e.statusCode()) {
              case 412 -> S3ErrorCode.PRECONDITION_FAILED;
              case 416 -> S3ErrorCode.INVALID_RANGE;
              case 403 -> S3ErrorCode.ACCESS_DENIED;
              case 400 -> S3ErrorCode.BAD_DIGEST;
              default -> S3ErrorCode.INTERNAL_ERROR;
            };
        refuse(request, response, new S3ProxyException(code));
        return;
      }
      String message = details.errorMessage();
      sendSimpleErrorResponse(
          request,
          response,
          details.errorCode(),
          e.statusCode(),
          message == null ? "" : message,
          Map.of());
    }
  }

  /** Keeps the tags; everything else is the handler's. */
  private final class Front extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Handler handler;

    Front(@Nullable CrossOriginResourceSharing cors) {
      handler = new Handler(store, cors);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        if (request.getParameter("tagging") != null) {
          tagging(request, response);
        } else {
          object(request, response);
        }
      } catch (IllegalArgumentException e) {
        refuse(request, response, S3ErrorCode.INVALID_ARGUMENT);
      } catch (UnsupportedOperationException e) {
        refuse(request, response, S3ErrorCode.NOT_IMPLEMENTED);
      } catch (IOException | RuntimeException e) {
        Optional<AwsServiceException> fault = service(e);
        if (fault.isEmpty()) {
          throw e;
        }
        handler.refuse(request, response, fault.get());
      }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, S3ErrorCode code)
        throws IOException {
      handler.refuse(request, response, new S3ProxyException(code));
    }

    private void object(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try (InputStream body = request.getInputStream()) {
        handler.doHandle(
            request, new WithoutTagging(request, request.getMethod()), response, body, null);
      }
      if (response.getStatus() / 100 != 2 || request.getParameter("uploadId") != null) {
        return;
      }
      String object = name(request.getRequestURI());
      if (request.getMethod().equals("DELETE")) {
        tags.set(object, Map.of());
      } else if (request.getMethod().equals("PUT")) {
        String source = request.getHeader("x-amz-copy-source");
        boolean copied =
            source != null && !"REPLACE".equals(request.getHeader("x-amz-tagging-directive"));
        tags.set(
            object,
            copied
                ? tags.of(name(source.startsWith("/") ? source : "/" + source))
                : ObjectTags.fromHeader(request.getHeader("x-amz-tagging")));
      }
    }

    /** The handler checks the signature and that the object is there, as for a HEAD. */
    private void tagging(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] body = request.getInputStream().readAllBytes();
      handler.doHandle(
          request,
          new WithoutTagging(request, "HEAD"),
          new Unsent(response),
          new ByteArrayInputStream(body),
          null);
      String object = name(request.getRequestURI());
      switch (request.getMethod()) {
        case "GET" -> {
          byte[] answer = ObjectTags.toXml(tags.of(object));
          response.setContentType("application/xml");
          response.setContentLength(answer.length);
          response.getOutputStream().write(answer);
        }
        case "PUT" -> {
          Optional<Map<String, String>> given = ObjectTags.fromXml(body);
          if (given.isEmpty()) {
            refuse(request, response, S3ErrorCode.MALFORMED_X_M_L);
          } else {
            tags.set(object, given.get());
          }
        }
        case "DELETE" -> {
          tags.set(object, Map.of());
          response.setStatus(204);
        }
        default -> refuse(request, response, S3ErrorCode.METHOD_NOT_ALLOWED);
      }
    }

    private static Optional<AwsServiceException> service(Throwable fault) {
      for (Throwable one = fault; one != null; one = one.getCause()) {
        if (one instanceof AwsServiceException service) {
          return Optional.of(service);
        }
      }
      return Optional.empty();
    }

    private static String name(String path) {
      return URLDecoder.decode(path.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }

  /** A request as the handler may see it: it refuses what speaks of tags. */
  private static final class WithoutTagging extends HttpServletRequestWrapper {
    private static final Set<String> HIDDEN = Set.of("x-amz-tagging", "x-amz-tagging-directive");

    private final String method;

    WithoutTagging(HttpServletRequest request, String method) {
      super(request);
      this.method = method;
    }

    @Override
    public String getMethod() {
      return method;
    }

    @Override
    public @Nullable String getParameter(String name) {
      return name.equals("tagging") ? null : super.getParameter(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(
          Collections.list(super.getParameterNames()).stream()
              .filter(name -> !name.equals("tagging"))
              .toList());
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(
          Collections.list(super.getHeaderNames()).stream()
              .filter(name -> !HIDDEN.contains(name.toLowerCase(Locale.ROOT)))
              .toList());
    }
  }

  /** An answer that is not sent. */
  private static final class Unsent extends HttpServletResponseWrapper {
    Unsent(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setStatus(int status) {}

    @Override
    public void addHeader(String name, String value) {}

    @Override
    public void setHeader(String name, String value) {}

    @Override
    public void addDateHeader(String name, long date) {}

    @Override
    public void setDateHeader(String name, long date) {}

    @Override
    public void setContentType(String type) {}

    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    @Override
    public void setCharacterEncoding(String encoding) {}

    @Override
    public void addIntHeader(String name, int value) {}

    @Override
    public void setIntHeader(String name, int value) {}
  }
}
