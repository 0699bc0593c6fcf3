namespace Tepui.LoadTest.Measuring;

/// <summary>What the machine was doing while something was measured.</summary>
internal static class Conditions
{
    /// <summary>Cores and load average of the last minute; the load includes the load test itself.</summary>
    public static string Now() => $"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}";
}
