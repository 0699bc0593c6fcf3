namespace Tepui.LoadTest.Rows;

/// <summary>What the command line says.</summary>
/// <param name="Binary">The tepui binary.</param>
/// <param name="Runs">Measured runs.</param>
/// <param name="Tasks">Tasks of a run, if set.</param>
/// <param name="Agents">Simulated agents, if set.</param>
/// <param name="Settle">Idleness before memory is read.</param>
/// <param name="Data">Where work directories are made.</param>
internal sealed record RowSettings(string Binary, int Runs, int? Tasks, int? Agents, TimeSpan Settle, string Data)
{
    /// <summary>Settings with a binary that is there.</summary>
    public static RowSettings Read(string? binary, int runs, int? tasks, int? agents, double settle, string data) =>
        new(binary ?? FindBinary(), Math.Max(1, runs), tasks, agents, TimeSpan.FromSeconds(settle), Path.GetFullPath(data));

    private static string FindBinary()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            var binary = Path.Join(directory, "artifacts", "tepui", "tepui");
            if (File.Exists(binary))
            {
                return binary;
            }
        }

        throw new FileNotFoundException("artifacts/tepui/tepui is missing; './tepui version' builds it");
    }
}
