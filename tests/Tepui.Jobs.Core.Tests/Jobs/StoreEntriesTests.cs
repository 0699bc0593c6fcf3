using System.Reflection;
using Google.Protobuf;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Model.Schedules;
using Tepui.Protocol.Jobs;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Jobs;

public sealed class StoreEntriesTests
{
    // Not a whole number of milliseconds.
    private static readonly DateTimeOffset Odd = A.Start.AddTicks(1234567);

    private static readonly JobSpec Full = A.Job("full") with
    {
        Command = "command",
        Shell = false,
        Arguments = ["one", ""],
        Executor = "executor",
        ExecutorFlags = "flags",
        TaskInfoData = "data",
        Schedule = new(Schedule.ParseIso("R3//PT1H", "Europe/Berlin", Odd, out _)!, IsCron: false, "Europe/Berlin", Odd),
        Parents = [new("b"), new("a")],
        Retries = 0,
        RetryBackoff = new(TimeSpan.FromTicks(7), 1.5, TimeSpan.FromHours(1)),
        Owner = "owner",
        OwnerName = "owner name",
        Description = "description",
        Cpus = 1,
        Mem = 2,
        Disk = 3,
        Disabled = true,
        SoftError = true,
        DataProcessing = true,
        MaxCompletionTime = TimeSpan.FromSeconds(5),
        HighPriority = true,
        RunAsUser = "user",
        Environment = [new("A", "1"), new("B", "")],
        Fetch = [new("http://a", Executable: true, Cache: true, Extract: false, "out"), new("http://b")],
        Uris = ["http://c"],
        Constraints = [new("rack", "EQUALS", "1")],
        Container = new()
        {
            Type = "DOCKER",
            Image = "image",
            Network = "BRIDGE",
            NetworkName = "net",
            NetworkInfos = [new("net", "IPv4", [new("k", "v")], [new(1, 2, "tcp")])],
            Volumes = [new("/host", "/container", "RO", null), new(null, "/data", null, new("vol", "rexray", [new("o", "1")]))],
            Parameters = [new("memory", "1g")],
            ForcePullImage = true,
        },
        Async = true,
        Epsilon = TimeSpan.FromTicks(3),
        CatchUp = CatchUp.All,
        Concurrency = Concurrency.Replace,
        Delivery = Delivery.AtMostOnce,
        ParentTrigger = ParentTrigger.Any,
        Notify = new("http://hook", ["failure"]),
    };

    private static readonly JobProgress FullProgress = new()
    {
        NextDue = Odd,
        LastDue = Odd.AddTicks(-1),
        Remaining = 0,
        LastRun = 1,
        LastTaskMs = 2,
        SuccessCount = 3,
        ErrorCount = 4,
        ErrorsSinceLastSuccess = 5,
        LastSuccess = DateTimeOffset.MinValue,
        LastError = DateTimeOffset.MaxValue,
        SkippedCount = 6,
        LastSkipped = Odd,
        LateCount = 7,
        Edges = [new(new("a"), 8, 9)],
        Backfill = new(Odd, Odd.AddDays(1)),
    };

    private static readonly Run FullRun = new()
    {
        Id = A.Run("full", 3),
        Cause = new() { Kind = RunCauseKind.Backfill, FirstDue = Odd, Due = Odd.AddTicks(1), Covers = 2, Parents = [A.Run("a", 1)] },
        State = RunState.Failed,
        Since = Odd,
        CreatedAt = Odd,
        Arguments = "",
        Environment = [new("A", "1")],
        RequestKey = "key",
        Attempt = 4,
        Attempts =
        [
            new()
            {
                Number = 4,
                Task = new("task"),
                Agent = new("agent"),
                Hostname = "host",
                LaunchedAt = Odd,
                StartedAt = Odd,
                EndedAt = Odd,
                State = TaskState.TaskLost,
                Message = "message",
                Reason = TaskStatus.Types.Reason.Reconciliation,
            },
        ],
        NotBefore = Odd,
        IsLate = true,
        Kill = KillWish.Replaced,
        Message = "message",
        Elements = 5,
        EndedAt = Odd,
        IsOrphaned = true,
    };

    [Fact]
    public void Job_EveryMember_ComesBack() => Assert.Equivalent(Full, Back(Full), strict: true);

    [Fact]
    public void Job_NothingSaid_ComesBack()
    {
        var plain = new JobSpec { Name = new("plain") };

        Assert.Equivalent(plain, Back(plain), strict: true);
    }

    [Fact]
    public void Progress_EveryMember_ComesBack() => Assert.Equivalent(FullProgress, Back(FullProgress), strict: true);

    [Fact]
    public void Progress_None_TakesNoRoom() => Assert.Equal(0, ProgressEntries.Write(JobProgress.None).CalculateSize());

    [Fact]
    public void Run_EveryMember_ComesBack() => Assert.Equivalent(FullRun, Back(FullRun), strict: true);

    [Fact]
    public void Run_NothingSaid_ComesBack()
    {
        var plain = new Run { Id = A.Run("a", 1), Cause = new() { Kind = RunCauseKind.Manual, FirstDue = A.Start, Due = A.Start }, Since = A.Start, CreatedAt = A.Start };

        Assert.Equivalent(plain, Back(plain), strict: true);
    }

    [Fact]
    public void Examples_EveryMember_IsNotItsDefault()
    {
        AllSet(Full, new JobSpec { Name = new("other") });
        AllSet(FullProgress, JobProgress.None);
        AllSet(FullRun, new Run { Id = A.Run("a", 1), Cause = new() { Kind = RunCauseKind.Manual, FirstDue = A.Start, Due = A.Start }, Since = A.Start, CreatedAt = A.Start });
    }

    [Fact]
    public void Schedule_WithoutStart_KeepsItsGrid()
    {
        var again = Back(Full).Schedule!;

        Assert.Equal("R3//PT1H", again.Times.Text);
        Assert.Equal(Full.Schedule!.Times.FirstAtOrAfter(DateTimeOffset.MinValue), again.Times.FirstAtOrAfter(DateTimeOffset.MinValue));
    }

    [Fact]
    public void Schedule_ThatCannotBeReadAnyMore_IsKeptAndDisablesItsJob()
    {
        var entry = JobEntries.Write(A.Job("a", "R/2031-01-01T00:00:00Z/P1D"));
        entry.Schedule.Zone = "Atlantis/Center";

        var spec = JobEntries.Read(entry, new());

        Assert.True(spec.Disabled);
        Assert.Contains("Atlantis/Center", spec.Schedule!.Problem, StringComparison.Ordinal);
        Assert.Null(spec.Schedule.Times.FirstAtOrAfter(DateTimeOffset.MinValue));
        Assert.Equal(entry.Schedule, JobEntries.Write(spec).Schedule);
    }

    [Fact]
    public void Parts_EqualInManyJobs_AreOneObject()
    {
        var shared = new SharedParts();

        var (one, other) = (JobEntries.Read(Stored(Full), shared), JobEntries.Read(Stored(Full with { Name = new("other") }), shared));

        Assert.Same(one.Environment, other.Environment);
        Assert.Same(one.Container, other.Container);
        Assert.Same(one.Owner, other.Owner);
        Assert.Same(one.Parents[0].Value, other.Parents[0].Value);
    }

    private static JobEntry Stored(JobSpec spec) => JobEntry.Parser.ParseFrom(JobEntries.Write(spec).ToByteString());

    private static JobSpec Back(JobSpec spec) => JobEntries.Read(Stored(spec), new());

    private static JobProgress Back(JobProgress progress) => ProgressEntries.Read(ProgressEntry.Parser.ParseFrom(ProgressEntries.Write(progress).ToByteString()), new());

    private static Run Back(Run run) => RunEntries.Read(RunEntry.Parser.ParseFrom(RunEntries.Write(run).ToByteString()), new());

    // So that a member that is added is not forgotten here.
    private static void AllSet<T>(T example, T plain) => Assert.All(
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.CanWrite),
        member => Assert.False(Equals(member.GetValue(example), member.GetValue(plain)), $"{typeof(T).Name}.{member.Name} has its default value in the example"));
}
