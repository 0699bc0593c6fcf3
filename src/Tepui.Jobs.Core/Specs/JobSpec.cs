namespace Tepui.Jobs.Core.Specs;

/// <summary>What the author of a job wants. Optional members are <see langword="null"/> when the author did not say; effective values come from <see cref="JobDefaults"/>.</summary>
public sealed record JobSpec
{
    /// <summary>Which job.</summary>
    public required JobName Name { get; init; }

    /// <summary>What is run; text that begins with <c>http</c> or <c>ftp</c> is downloaded and executed.</summary>
    public string Command { get; init; } = "";

    /// <summary>Run by a shell; otherwise the command is a program with <see cref="Arguments"/>.</summary>
    public bool Shell { get; init; } = true;

    /// <summary>Arguments of every run that has none of its own.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Path of a custom executor; empty: the agent's own.</summary>
    public string Executor { get; init; } = "";

    /// <summary>Arguments of <see cref="Executor"/>.</summary>
    public string ExecutorFlags { get; init; } = "";

    /// <summary>Handed to <see cref="Executor"/>.</summary>
    public string TaskInfoData { get; init; } = "";

    /// <summary>When it runs by itself; <see langword="null"/> for a job with parents.</summary>
    public JobSchedule? Schedule { get; init; }

    /// <summary>Jobs whose runs trigger it, without repetition, as written; some may not exist (yet).</summary>
    public IReadOnlyList<JobName> Parents { get; init; } = [];

    /// <summary>Attempts after the first of a run.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Waits between attempts.</summary>
    public RetryBackoff? RetryBackoff { get; init; }

    /// <summary>Mail addresses with commas.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Name of the owner.</summary>
    public string OwnerName { get; init; } = "";

    /// <summary>For people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Cores, thousandths.</summary>
    public long Cpus { get; init; }

    /// <summary>Memory, thousandths of a MB.</summary>
    public long Mem { get; init; }

    /// <summary>Disk, thousandths of a MB.</summary>
    public long Disk { get; init; }

    /// <summary>Does not run.</summary>
    public bool Disabled { get; init; }

    /// <summary>A failure of this job triggers its children like a success.</summary>
    public bool SoftError { get; init; }

    /// <summary>Its tasks tell how many elements they processed.</summary>
    public bool DataProcessing { get; init; }

    /// <summary>An attempt that runs longer is killed and has failed; zero: never.</summary>
    public TimeSpan MaxCompletionTime { get; init; }

    /// <summary>Launched before runs of other jobs.</summary>
    public bool HighPriority { get; init; }

    /// <summary>User of its tasks; empty: the framework's.</summary>
    public string RunAsUser { get; init; } = "";

    /// <summary>Variables of its tasks.</summary>
    public IReadOnlyList<EnvironmentVariable> Environment { get; init; } = [];

    /// <summary>Fetched before the command runs.</summary>
    public IReadOnlyList<Fetch> Fetch { get; init; } = [];

    /// <summary>Older form of <see cref="Fetch"/>.</summary>
    public IReadOnlyList<string> Uris { get; init; } = [];

    /// <summary>Where its tasks may run.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>The container of its tasks.</summary>
    public ContainerSpec? Container { get; init; }

    /// <summary>A run is over when it is told so, not when its task ends.</summary>
    public bool Async { get; init; }

    /// <summary>How late a run may start.</summary>
    public TimeSpan? Epsilon { get; init; }

    /// <summary>What becomes of missed occurrences.</summary>
    public CatchUp? CatchUp { get; init; }

    /// <summary>Whether runs overlap. <c>concurrent: true</c> is <see cref="Specs.Concurrency.Allow"/>.</summary>
    public Concurrency? Concurrency { get; init; }

    /// <summary>How often an occurrence may be launched.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>Which ends of parents' runs count.</summary>
    public ParentTrigger? ParentTrigger { get; init; }

    /// <summary>Who is told beside the owners.</summary>
    public NotifyPolicy? Notify { get; init; }

    /// <summary>Runs when its parents have.</summary>
    public bool IsDependent => Parents.Count > 0;
}
