package org.proxyless.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;

class DeviceProfilesTest {
  private static final String GOOD =
      """
      name: board
      kind: cpu
      runtime: tensorflow
      threads: 4
      batch: 8
      precision: float32
      """;
  @TempDir Path folder;

  @Test
  void theDefaultIsOneThreadAndOneImage() {
    assertThat(DeviceProfiles.load(DeviceProfile.DEFAULT))
        .isEqualTo(
            new DeviceProfile(
                "local-cpu",
                DeviceProfile.Kind.CPU,
                DeviceProfile.Runtime.TENSORFLOW,
                1,
                1,
                DeviceProfile.Precision.FLOAT32));
  }

  @Test
  void everyProfileThatShipsLoadsUnderItsOwnName() {
    assertThat(DeviceProfiles.names()).contains(DeviceProfile.DEFAULT);
    assertThat(DeviceProfiles.names())
        .allSatisfy(name -> assertThat(DeviceProfiles.load(name).name()).isEqualTo(name));
  }

  @Test
  void aUsersOwnFileIsRead() throws IOException {
    DeviceProfile profile = load(GOOD);
    assertThat(profile.name()).isEqualTo("board");
    assertThat(profile.threads()).isEqualTo(4);
    assertThat(profile.batch()).isEqualTo(8);
  }

  @Test
  void anUnknownNameIsAnErrorThatListsTheKnownOnes() {
    assertThatThrownBy(() -> DeviceProfiles.load("locel-cpu"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'locel-cpu'")
        .hasMessageContaining("local-cpu-2threads");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "threads: 4      | threads: 0        | threads is 0; it must be a whole number from 1",
        "threads: 4      | threads: 1.5      | threads is 1.5",
        "threads: 4      | threads: 'two'    | threads is \"two\"",
        "batch: 8        | batch: 99999999999| batch is 99999999999",
        "batch: 8        | bach: 8           | unknown key 'bach'",
        "batch: 8        | threads: 8        | uplicate",
        "kind: cpu       | kind: tpu         | kind is \"tpu\"; it must be one of cpu, gpu",
        "kind: cpu       | ''                | key 'kind' is missing",
        "precision: float32 | precision: int8 | precision is \"int8\"; with TensorFlow it must be float32",
        "precision: float32 | precision: int4 | it must be one of float32, float16, int8",
        "name: board     | name: ' '         | name is \" \"",
        "name: board     | name: [           | line ",
      })
  void aBadFileIsOneLineThatNamesTheFileAndTheRule(String good, String bad, String message)
      throws IOException {
    assertThat(GOOD).contains(good);
    assertThatThrownBy(() -> load(GOOD.replace(good, bad)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("board.yaml")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aRuntimeOnALinkedDeviceHasSettingsUnderItsName() throws IOException {
    String phone =
        GOOD.replace("tensorflow", "android") + "android:\n  cores: 4-7\n  cool-down-seconds: 60\n";
    assertThat(load(phone).settings())
        .isEqualTo(
            Map.of(
                "cores",
                "4-7",
                "cool-down-seconds",
                "60",
                DeviceProfiles.FOLDER,
                folder.toAbsolutePath().toString()));
    assertThat(load(phone).toString()).doesNotContain("cores");
    assertThat(load(GOOD).settings()).isEmpty();
    assertThatThrownBy(() -> load(GOOD + "android:\n  cores: 4-7\n"))
        .hasMessageContaining("unknown key 'android'");
    assertThatThrownBy(() -> load(GOOD.replace("tensorflow", "android")))
        .hasMessageContaining("key 'android' is missing");
    assertThatThrownBy(() -> load(phone.replace("4-7", "[4, 7]")))
        .hasMessageContaining("android.cores is [4,7]; it must be a word or a number.");
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThatThrownBy(() -> load(""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("must have the keys name, kind");
  }

  @Test
  void aDeviceElsewhereHasAnAgentWithATokenBesideTheProfile() throws IOException {
    AgentAddress agent =
        load(GOOD + "agent: board.local:7890\ntoken: keys/token\n").agent().orElseThrow();
    assertThat(agent)
        .isEqualTo(
            new AgentAddress("board.local", 7890, folder.resolve("keys/token"), Optional.empty()));
    String pinned = "agent: '[::1]:7890'\ntoken: token\npin: sha256:" + "0a".repeat(32) + "\n";
    agent = load(GOOD + pinned).agent().orElseThrow();
    assertThat(agent.text()).isEqualTo("[::1]:7890");
    assertThat(agent.host()).isEqualTo("::1");
    assertThat(agent.pin()).contains("0a".repeat(32));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "agent: board|agent is \"board\"; it must be host:port, like localhost:7890.",
        "agent: board:0|agent is \"board:0\"; it must be host:port",
        "agent: board:70000|agent is \"board:70000\"; it must be host:port",
        "agent: board:7890|key 'token' is missing",
        "token: token|key 'token' is only for a device with the key 'agent'",
        "pin: sha256:00|key 'pin' is only for a device with the key 'agent'",
        "agent: b:1;token: t;pin: sha256:00|sha256: and 64 hexadecimal digits",
      })
  void aMistakeInAnAgentsAddressIsOneLine(String lines, String message) {
    assertThatThrownBy(() -> load(GOOD + lines.replace(";", "\n") + "\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("board.yaml: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aDeviceThatNobodyReachesHasNoAgent() {
    String remote = GOOD.replace("kind: cpu", "kind: remote");
    assertThatThrownBy(() -> load(remote + "table: t.json\nagent: board:7890\ntoken: token\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("with the key 'agent' it must be cpu or gpu");
  }

  @Test
  void theAgentIsNotPartOfWhatALatencyDependsOn() throws IOException {
    DeviceProfile here = load(GOOD);
    DeviceProfile there = load(GOOD + "agent: board.local:7890\ntoken: token\n");
    assertThat(there).hasToString(here.toString()).isNotEqualTo(here);
    assertThat(there.withoutAgent()).isEqualTo(here);
    assertThat(here)
        .hasToString(
            "DeviceProfile[name=board, kind=CPU, runtime=TENSORFLOW, threads=4, batch=8,"
                + " precision=FLOAT32]");
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(there);
    assertThat(text).doesNotContain("7890").isEqualTo(json.writeValueAsString(here));
    assertThat(json.readValue(text, DeviceProfile.class)).isEqualTo(here);
  }

  private DeviceProfile load(String yaml) throws IOException {
    return DeviceProfiles.load(Files.writeString(folder.resolve("board.yaml"), yaml).toString());
  }
}
