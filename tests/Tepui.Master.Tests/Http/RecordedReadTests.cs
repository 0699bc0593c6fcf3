using System.Text.Json;
using Tepui.Master.Tests.Support;
using Tepui.Protocol.V1.Master;

namespace Tepui.Master.Tests.Http;

/// <summary>Recorded reads, on a cluster like the recorded one: same status and content type, and a body with the same members of the same types at every level.</summary>
public sealed class RecordedReadTests(RecordedReadTests.Fixture fixture) : IClassFixture<RecordedReadTests.Fixture>
{
    /// <summary>Starts of paths that differ on purpose, by name of the recording, and why.</summary>
    private static readonly Dictionary<string, string[]> Meant = new(StringComparer.Ordinal)
    {
        // Builds here are named by a tag, not by commit and branch; logs go to stderr, so there is no log_dir.
        ["state"] = [".git_", ".log_dir", ".external_log_file", ".flags."],
        ["master_state"] = [".git_", ".log_dir", ".external_log_file", ".flags."],
        ["version"] = [".git_"],
        ["GET_VERSION"] = [".get_version.version_info.git_"],

        // Flags are those this master has; the names it shares with others are checked elsewhere.
        ["flags"] = [".flags."],

        // Names are data, and what is known differs; the names dashboards use are checked elsewhere.
        ["metrics_snapshot"] = ["."],

        // The v1 message has no field `checkpoint`; there it leaked from an older one. Every agent here checkpoints.
        ["GET_AGENTS"] = [".get_agents.agents[].agent_info.checkpoint"],
        ["GET_STATE"] = [".get_state.get_agents.agents[].agent_info.checkpoint"],
        ["registrar_1_registry"] = [".slaves.slaves[].info.checkpoint"],

        // Another path, another real file.
        ["files_debug"] = ["."],
    };

    public static TheoryData<string> Gets() => new(Captures.Names("master/GET").Except(["state_jsonp_foo", "tasks"], StringComparer.Ordinal));

    public static TheoryData<string> Calls() => new(Captures.Names("master/v1").Except(["UPDATE_WEIGHTS"], StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Gets))]
    public async Task Get_Recorded_HasTheSameForm(string name) => await CheckAsync("master/GET/" + name, name);

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_Recorded_HasTheSameForm(string name) => await CheckAsync("master/v1/" + name, name);

    [Fact]
    public async Task UpdateWeights_Recorded_IsTakenAndShown()
    {
        await using var master = await TestMaster.StartAsync();

        var answer = await RawClient.SendAsync(master.Endpoint, Captures.Request("master/v1/UPDATE_WEIGHTS"));

        Assert.Equal((200, ""), (answer.Status, answer.Text));
        Assert.Equal("""{"type":"GET_WEIGHTS","get_weights":{"weight_infos":[{"weight":2.5,"role":"wrole"}]}}""", (await master.CallAsync("""{"type": "GET_WEIGHTS"}""")).Body);
    }

    [Fact]
    public async Task Tasks_Recorded_HaveTheSameFormAndOrder()
    {
        await CheckAsync("master/GET/tasks", "tasks");

        var tasks = (await fixture.Scenario.Master.GetAsync("/tasks?order=asc")).GetProperty("tasks").EnumerateArray()
            .Select(task => task.GetProperty("statuses")[0].GetProperty("timestamp").GetDouble()).ToList();

        Assert.Equal(7, tasks.Count);
        Assert.Equal(tasks.Order(), tasks);
    }

    [Fact]
    public async Task State_WithJsonp_IsWrapped()
    {
        var recorded = Captures.Answer("master/GET/state_jsonp_foo");

        var answer = await RawClient.SendAsync(fixture.Scenario.Master.Endpoint, Captures.Request("master/GET/state_jsonp_foo"));

        Assert.Equal(recorded.ContentType, answer.ContentType);
        Assert.StartsWith("foo({\"version\":", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("});", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetHealth_Protobuf_IsTheRecordedBytes()
    {
        var answer = await RawClient.SendAsync(fixture.Scenario.Master.Endpoint, Captures.Request("master/v1pb/GET_HEALTH"));

        Assert.Equal("application/x-protobuf", answer.ContentType);
        Assert.Equal(Captures.Answer("master/v1pb/GET_HEALTH").Body, answer.Body);
    }

    [Theory]
    [InlineData("GET_STATE")]
    [InlineData("GET_VERSION")]
    public async Task Call_Protobuf_SaysWhatJsonSays(string name)
    {
        var json = await RawClient.SendAsync(fixture.Scenario.Master.Endpoint, Captures.Request("master/v1/" + name));

        var answer = await RawClient.SendAsync(fixture.Scenario.Master.Endpoint, Captures.Request("master/v1pb/" + name));

        Assert.Equal(200, answer.Status);
        Assert.Equal(TestMaster.Message<Response>(json.Text), Response.Parser.ParseFrom(answer.Body));
    }

    [Fact]
    public async Task State_Values_AreThoseOfTheRecording()
    {
        using var recorded = JsonDocument.Parse(Captures.Answer("master/GET/state").Body);
        var expected = recorded.RootElement;

        var actual = await fixture.Scenario.Master.GetAsync("/state");

        foreach (var member in new[] { "activated_slaves", "deactivated_slaves", "unreachable_slaves", "hostname", "version" })
        {
            Assert.Equal(expected.GetProperty(member).GetRawText(), actual.GetProperty(member).GetRawText());
        }

        var (agent, recordedAgent) = (actual.GetProperty("slaves")[0], expected.GetProperty("slaves")[0]);
        foreach (var member in new[] { "hostname", "port", "attributes", "pid", "resources", "used_resources", "offered_resources", "reserved_resources", "unreserved_resources", "active", "deactivated", "version" })
        {
            Assert.Equal(recordedAgent.GetProperty(member).GetRawText(), agent.GetProperty(member).GetRawText());
        }

        var (framework, recordedFramework) = (actual.GetProperty("frameworks")[0], expected.GetProperty("frameworks")[0]);
        foreach (var member in new[] { "name", "used_resources", "offered_resources", "capabilities", "hostname", "webui_url", "active", "connected", "recovered", "user", "failover_timeout", "checkpoint", "unregistered_time", "principal", "resources", "roles", "labels", "offer_constraints" })
        {
            Assert.Equal(recordedFramework.GetProperty(member).GetRawText(), framework.GetProperty(member).GetRawText());
        }

        foreach (var task in framework.GetProperty("tasks").EnumerateArray())
        {
            var twin = recordedFramework.GetProperty("tasks").EnumerateArray().Single(other => other.GetProperty("id").GetString() == task.GetProperty("id").GetString());
            foreach (var member in new[] { "name", "executor_id", "state", "resources", "role" })
            {
                Assert.Equal(twin.GetProperty(member).GetRawText(), task.GetProperty(member).GetRawText());
            }
        }
    }

    private async Task CheckAsync(string path, string name)
    {
        var expected = Captures.Answer(path);

        var actual = await RawClient.SendAsync(fixture.Scenario.Master.Endpoint, Captures.Request(path));

        Assert.Equal($"{expected.Status} {expected.ContentType}", $"{actual.Status} {actual.ContentType}");
        if (expected.ContentType == "application/json")
        {
            using var recorded = JsonDocument.Parse(expected.Body);
            using var ours = JsonDocument.Parse(actual.Body);
            JsonShape.AssertSame(JsonShape.Of(recorded.RootElement), JsonShape.Of(ours.RootElement), Meant.GetValueOrDefault(name) ?? []);
        }
        else if (expected.Status >= 400)
        {
            Assert.Equal(expected.Text, actual.Text);
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private string _log = "";

        internal HolderScenario Scenario { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            _log = Path.GetTempFileName();
            await File.WriteAllTextAsync(_log, string.Concat(Enumerable.Range(0, 4000).Select(line => $"line {line} of the log\n")));
            Scenario = await HolderScenario.StartAsync(settings => settings with { ExternalLogFile = _log });
        }

        public async Task DisposeAsync()
        {
            await Scenario.DisposeAsync();
            File.Delete(_log);
        }
    }
}
