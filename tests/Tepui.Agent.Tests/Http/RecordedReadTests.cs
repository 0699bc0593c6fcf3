using System.Text.Json;
using Tepui.Agent.Tests.Fixtures;
using Tepui.Master.Tests.Support;
using Tepui.Protocol.V1.Agent;

namespace Tepui.Agent.Tests.Http;

/// <summary>Recorded reads, on an agent like the recorded one: same status and content type, and a body with the same members of the same types at every level.</summary>
public sealed class RecordedReadTests(Holder holder) : IClassFixture<Holder>
{
    /// <summary>Starts of paths that differ on purpose, by name of the recording, and why.</summary>
    private static readonly Dictionary<string, string[]> Meant = new(StringComparer.Ordinal)
    {
        // Builds here are named by a tag, not by commit and branch; logs go to stderr, so there is no log_dir.
        // The framework recorded as completed had one role, and tasks that say less.
        ["state"] = [".git_", ".log_dir", ".external_log_file", ".flags.", ".completed_frameworks[].role", ".completed_frameworks[].principal", Ended + "type", Ended + "labels", Ended + "completed_tasks[]."],
        ["version"] = [".git_"],
        ["GET_VERSION"] = [".get_version.version_info.git_"],

        // Flags are those this agent has; the names it shares with others are checked elsewhere.
        ["flags"] = [".flags."],

        // Which tasks are over, and acknowledged or not, depends on the moment; a command task needs no program of ours to run it.
        ["GET_TASKS"] = [".get_tasks.terminated_tasks[]", ".get_tasks.completed_tasks[]."],
        ["GET_EXECUTORS"] = [".get_executors.executors[].executor_info.command.arguments", ".get_executors.completed_executors[].executor_info.command.arguments"],
        ["GET_STATE"] =
        [
            ".get_state.get_tasks.terminated_tasks[]", ".get_state.get_tasks.completed_tasks[].",
            ".get_state.get_executors.executors[].executor_info.command.arguments", ".get_state.get_executors.completed_executors[].executor_info.command.arguments",
        ],

        // More is measured here.
        ["containers"] = More("[].statistics."),
        ["statistics"] = More("[].statistics."),
        ["GET_CONTAINERS"] = More(".get_containers.containers[].resource_statistics."),
        ["GET_CONTAINERS_nested"] = More(".get_containers.containers[].resource_statistics."),
        ["GET_CONTAINERS_standalone"] = More(".get_containers.containers[].resource_statistics."),

        // Names are data, and what is known differs; the names dashboards use are checked elsewhere.
        ["metrics_snapshot"] = ["."],
    };

    private const string Ended = ".completed_frameworks[].completed_executors[].";

    private static string[] More(string start) => [start + "mem_total_bytes", start + "processes", start + "threads"];

    /// <summary>Recordings that are the same but for the state of the cluster they were made on.</summary>
    private static readonly string[] OtherSpellings = ["DELETE_state", "POST_state", "OPTIONS_state", "gzip_state", "monitor_statistics", "slave_1_state", "slave_1_flags", "slave_1_containers", "slave_1_monitor_statistics"];

    public static TheoryData<string> Gets() => new(Captures.Names("agent/GET").Except(["HEAD_state"], StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Gets))]
    public async Task Get_Recorded_HasTheSameForm(string name) => await CheckAsync("agent/GET/" + name, OtherSpellings.Contains(name) ? name[(name.LastIndexOf('_') + 1)..] : name);

    [Theory]
    [InlineData("GET_AGENT")]
    [InlineData("GET_CONTAINERS")]
    [InlineData("GET_CONTAINERS_nested")]
    [InlineData("GET_CONTAINERS_standalone")]
    [InlineData("GET_EXECUTORS")]
    [InlineData("GET_FLAGS")]
    [InlineData("GET_FRAMEWORKS")]
    [InlineData("GET_HEALTH")]
    [InlineData("GET_HEALTH_accept_any")]
    [InlineData("GET_HEALTH_no_accept")]
    [InlineData("GET_LOGGING_LEVEL")]
    [InlineData("GET_METRICS")]
    [InlineData("GET_METRICS_nobody")]
    [InlineData("GET_OPERATIONS")]
    [InlineData("GET_RESOURCE_PROVIDERS")]
    [InlineData("GET_STATE")]
    [InlineData("GET_TASKS")]
    [InlineData("GET_VERSION")]
    [InlineData("KILL_CONTAINER_unknown")]
    [InlineData("LIST_FILES")]
    [InlineData("PRUNE_IMAGES")]
    [InlineData("READ_FILE")]
    [InlineData("READ_FILE_nosuch")]
    [InlineData("SET_LOGGING_LEVEL")]
    [InlineData("WAIT_CONTAINER_unknown")]
    public async Task Call_Recorded_HasTheSameForm(string name) => await CheckAsync("agent/v1/" + name, name);

    [Fact]
    public async Task GetHealth_Protobuf_IsTheRecordedBytes()
    {
        var answer = await RawClient.SendAsync(holder.Cluster.Agent.Endpoint, Captures.Request("agent/v1pb/GET_HEALTH"));

        Assert.Equal("application/x-protobuf", answer.ContentType);
        Assert.Equal(Captures.Answer("agent/v1pb/GET_HEALTH").Body, answer.Body);
    }

    [Fact]
    public async Task GetState_Protobuf_HoldsTheTasks()
    {
        var answer = await RawClient.SendAsync(holder.Cluster.Agent.Endpoint, Captures.Request("agent/v1pb/GET_STATE"));

        var tasks = Response.Parser.ParseFrom(answer.Body).GetState.GetTasks.LaunchedTasks.Select(task => task.TaskId.Value);
        Assert.Equal(["cmd-task", "grp-a", "grp-b", "py-task"], tasks.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cmd-task", "cmd-task")]
    [InlineData("pyexec", "py-task")]
    [InlineData("dex", "grp-a")]
    public async Task State_Values_AreThoseOfTheRecording(string executor, string task)
    {
        using var recorded = JsonDocument.Parse(Captures.Answer("agent/GET/state").Body);
        using var state = JsonDocument.Parse(await holder.Cluster.Http.GetStringAsync(new Uri(holder.Cluster.Agent.Address, "state")));
        var (expected, actual) = (Executor(recorded, executor), Executor(state, executor));

        foreach (var member in new[] { "id", "name", "source", "role" })
        {
            Assert.Equal(expected.GetProperty(member).GetRawText(), actual.GetProperty(member).GetRawText());
        }

        Assert.Equal(expected.TryGetProperty("type", out var type) ? type.GetString() : null, actual.TryGetProperty("type", out var ours) ? ours.GetString() : null);
        foreach (var member in new[] { "name", "executor_id", "state", "resources", "role" })
        {
            Assert.Equal(Task(expected, task).GetProperty(member).GetRawText(), Task(actual, task).GetProperty(member).GetRawText());
        }

        static JsonElement Executor(JsonDocument document, string id) =>
            document.RootElement.GetProperty("frameworks")[0].GetProperty("executors").EnumerateArray().Single(executor => executor.GetProperty("id").GetString() == id);

        static JsonElement Task(JsonElement executor, string id) =>
            executor.GetProperty("tasks").EnumerateArray().Single(task => task.GetProperty("id").GetString() == id);
    }

    [Fact]
    public async Task Metrics_RecordedNames_AreAllThere()
    {
        using var recorded = JsonDocument.Parse(Captures.Answer("agent/GET/metrics_snapshot").Body);
        using var ours = JsonDocument.Parse(await holder.Cluster.Http.GetStringAsync(new Uri(holder.Cluster.Agent.Address, "metrics/snapshot")));

        // There is no cache of fetched files and no provisioner of images yet.
        var missing = recorded.RootElement.EnumerateObject().Select(metric => metric.Name)
            .Where(name => !name.StartsWith("containerizer/fetcher/cache_", StringComparison.Ordinal) && !name.Contains("/provisioner/", StringComparison.Ordinal))
            .Where(name => !ours.RootElement.TryGetProperty(name, out _));
        Assert.Empty(missing);
        Assert.Equal(4, ours.RootElement.GetProperty("slave/tasks_running").GetDouble());
        Assert.Equal(8, ours.RootElement.GetProperty("slave/cpus_total").GetDouble());
        Assert.Equal(1, ours.RootElement.GetProperty("slave/registered").GetDouble());
    }

    private async Task CheckAsync(string path, string name)
    {
        var expected = Captures.Answer(path);

        var actual = await RawClient.SendAsync(holder.Cluster.Agent.Endpoint, Captures.Request(path));

        Assert.Equal($"{expected.Status} {expected.ContentType}", $"{actual.Status} {actual.ContentType}");
        if (expected.ContentType == "application/json" && !expected.Headers.ContainsKey("content-encoding"))
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
}
