using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Views;
using Tepui.Jobs.Rest;
using Tepui.Jobs.Rest.Json;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Tests.Rest;

/// <summary>Runs in the documents that clients read.</summary>
public sealed class RunDocumentTests
{
    private static readonly DateTimeOffset Due = new(2031, 5, 1, 6, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Run_HasItsCauseItsTimesAndItsTasks()
    {
        var run = A(RunState.Failed, An(0, TaskState.TaskFailed, Due.AddSeconds(2), Due.AddSeconds(77)) with { Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason.CommandExecutorFailed }) with { EndedAt = Due.AddSeconds(77), Message = "no more attempts" };

        var written = Written(json => RunJson.Write(json, run, "fw"));

        Assert.Equal(("failed", "REASON_COMMAND_EXECUTOR_FAILED", "no more attempts", 75.0, 2.0), ((string)written["state"]!, (string)written["reason"]!, (string)written["message"]!, (double)written["durationSeconds"]!, (double)written["lateSeconds"]!));
        Assert.Equal("""{"kind":"parents","firstDue":"2031-05-01T06:30:00.000Z","due":"2031-05-01T06:30:00.000Z","covers":2,"parents":[{"job":"p","run":7}]}""", written["cause"]!.ToJsonString());
        Assert.Equal("""{"agent":"S1","path":"/frameworks/fw/executors/t0/runs/latest"}""", written["attempts"]![0]!["sandbox"]!.ToJsonString());
        Assert.Equal("TASK_FAILED", (string)written["attempts"]![0]!["state"]!);
    }

    [Fact]
    public void Run_OfABackfill_IsNotLate()
    {
        var run = A(RunState.Running, An(0, TaskState.TaskRunning, Due.AddYears(30), null));

        Assert.NotNull(Written(json => RunJson.Write(json, run, "fw"))["lateSeconds"]);
        Assert.Null(Written(json => RunJson.Write(json, run with { Cause = run.Cause with { Kind = RunCauseKind.Backfill } }, "fw"))["lateSeconds"]);
    }

    [Fact]
    public void Stat_ListsTheLastTasksAsChronosDoes()
    {
        var over = A(RunState.Succeeded, An(0, TaskState.TaskFailed, Due, Due.AddSeconds(5)), An(1, TaskState.TaskFinished, Due.AddMinutes(1), Due.AddMinutes(3))) with { Elements = 12 };
        var running = A(RunState.Running, An(2, TaskState.TaskRunning, Due.AddHours(1), null));
        var launched = A(RunState.Launching, An(3, TaskState.TaskStaging, null, null));

        var written = Written(json => StatJson.Write(json, Detail(launched, running, over), new RunStatistics([1.5, 2]), 3));

        Assert.Equal((1750.0, 2000.0, 2), ((double)written["histogram"]!["median"]!, (double)written["histogram"]!["99thPercentile"]!, (int)written["histogram"]!["count"]!));
        Assert.Equal(
            [
                """{"taskId":"t2","jobName":"a","slaveId":"S1","startTime":"05/01/31 07:30:00","endTime":"N/A","status":"Running","numElementsProcessed":0}""",
                """{"taskId":"t1","jobName":"a","slaveId":"S1","startTime":"05/01/31 06:31:00","endTime":"05/01/31 06:33:00","duration":"2m0s","status":"Success","numElementsProcessed":12}""",
                """{"taskId":"t0","jobName":"a","slaveId":"S1","startTime":"05/01/31 06:30:00","endTime":"05/01/31 06:30:05","duration":"5s","status":"Fail"}""",
            ],
            written["taskStatHistory"]!.AsArray().Select(task => task!.ToJsonString()));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(61, true)]
    public void Extras_OfARunThatWaitsLongerThanEpsilon_SayOverdue(int seconds, bool isOverdue)
    {
        var waiting = A(RunState.Waiting) with { Cause = new RunCause { Kind = RunCauseKind.Schedule, FirstDue = Due, Due = Due } };

        var written = Written(json =>
        {
            json.WriteStartObject();
            JobExtras.Write(json, Detail(waiting), new JobsOptions(), Due.AddSeconds(seconds));
            json.WriteEndObject();
        });

        Assert.Equal(isOverdue, (bool)written["extras"]!["overdue"]!);
    }

    private static JobDetail Detail(params Run[] runs)
    {
        var draft = JobDocuments.Read(Encoding.UTF8.GetBytes("""{"name":"a","dataProcessingJobType":true,"schedule":"R/2031-05-01T06:30:00Z/P1Y"}"""), DraftKind.Scheduled, new JobsOptions(), Due);
        return new(new JobSummary(new Job(draft.Spec!, JobProgress.None), 0, 0, null), runs, [], []);
    }

    private static Run A(RunState state, params Attempt[] attempts) => new()
    {
        Id = new(new("a"), 1),
        Cause = new RunCause { Kind = RunCauseKind.Parents, FirstDue = Due, Due = Due, Covers = 2, Parents = [new(new("p"), 7)] },
        State = state,
        Since = Due,
        CreatedAt = Due,
        Attempts = attempts,
    };

    private static Attempt An(int number, TaskState state, DateTimeOffset? started, DateTimeOffset? ended) => new()
    {
        Number = number,
        Task = new TaskId($"t{number}"),
        Agent = new AgentId("S1"),
        Hostname = "h",
        LaunchedAt = started ?? Due,
        StartedAt = started,
        EndedAt = ended,
        State = state,
    };

    private static JsonNode Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            write(json);
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }
}
