package org.proxyless.base;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.Path;

/** Paths as people write them; Jackson by itself writes {@code file:///} and reads URIs. */
final class PathsAsText extends SimpleModule {
  PathsAsText() {
    addSerializer(Path.class, ToStringSerializer.instance);
    addDeserializer(Path.class, new FromText());
  }

  private static final class FromText extends StdScalarDeserializer<Path> {
    FromText() {
      super(Path.class);
    }

    @Override
    public Path deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return Path.of(parser.getText());
    }
  }
}
