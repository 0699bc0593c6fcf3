using Tepui.Runtime.Info;

namespace Tepui.Runtime.Metrics;

/// <summary>The metrics of the machine, by the names both components publish.</summary>
public static class SystemMetrics
{
    /// <summary>Adds <c>system/load_*</c>, <c>system/cpus_total</c> and <c>system/mem_*</c>.</summary>
    public static void AddSystem(this MetricRegistry metrics) => metrics.Source("system", Samples);

    private static IEnumerable<MetricSample> Samples()
    {
        var now = SystemStats.Read();
        return
        [
            new("system/load_1min", now.Load1, Help: "Load average over one minute."),
            new("system/load_5min", now.Load5, Help: "Load average over five minutes."),
            new("system/load_15min", now.Load15, Help: "Load average over fifteen minutes."),
            new("system/cpus_total", now.Cpus, Help: "Processors of the machine."),
            new("system/mem_total_bytes", now.MemoryTotal, Help: "Memory of the machine in bytes."),
            new("system/mem_free_bytes", now.MemoryFree, Help: "Free memory of the machine in bytes."),
        ];
    }
}
