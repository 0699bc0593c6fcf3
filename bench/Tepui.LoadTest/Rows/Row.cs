namespace Tepui.LoadTest.Rows;

/// <summary>One thing that is measured.</summary>
/// <param name="name">Subcommand.</param>
/// <param name="summary">What one run is, for <c>--help</c>.</param>
internal abstract class Row(string name, string summary)
{
    /// <summary>All rows.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        new ProcessesRow(), new LatencyRow(), new ExecutorRow(), new SimulatedRow(), new RegisterRow(), new StateRow(), new RestartRow(), new MemoryRow(), new StartRow(),
        new ServicesLaunchRow(), new ServicesAppsRow(), new ServicesUpgradeRow(), new ServicesPlacementRow(),
        new JobsHeldRow(), new JobsFiredRow(), new JobsChainRow(), new StoreRow(),
    ];

    /// <summary>Subcommand.</summary>
    public string Name { get; } = name;

    /// <summary>What one run is.</summary>
    public string Summary { get; } = summary;

    /// <summary>Measures and prints.</summary>
    /// <exception cref="LoadTestException">The work was not done.</exception>
    public abstract Task RunAsync(RowSettings settings, CancellationToken cancel);
}
