using System.Text.Json;
using Tepui.Master.Core.Views;
using Tepui.Runtime.Json;

namespace Tepui.Master.Metrics;

/// <summary><c>/tepui/usage</c>: what tasks really use, per agent and together, next to what is allocated. Cores, and bytes of memory and disk.</summary>
internal static class UsageDocument
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>What is used on all agents together.</summary>
    public static (double Cpus, double MemoryBytes, double DiskBytes) Sum(MasterView view)
    {
        double cpus = 0, memory = 0, disk = 0;
        foreach (var agent in view.Agents)
        {
            cpus += agent.Usage?.Cpus ?? 0;
            memory += agent.Usage?.MemBytes ?? 0;
            disk += agent.Usage?.DiskBytes ?? 0;
        }

        return (cpus, memory, disk);
    }

    /// <summary>Writes the document.</summary>
    public static void Write(Utf8JsonWriter json, MasterView view)
    {
        json.WriteStartObject();
        json.WriteStartArray("agents"u8);
        foreach (var agent in view.Agents)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, agent.Info.Id.Value);
            json.WriteString("hostname"u8, agent.Info.Hostname);
            json.WriteBoolean("reported"u8, agent.Usage is not null);
            Write(json, "used"u8, agent.Usage?.Cpus ?? 0, agent.Usage?.MemBytes ?? 0, agent.Usage?.DiskBytes ?? 0);
            Write(json, "allocated"u8, Amount(agent.Allocated, "cpus"), Amount(agent.Allocated, "mem") * Mebibyte, Amount(agent.Allocated, "disk") * Mebibyte);
            Write(json, "total"u8, Amount(agent.Total, "cpus"), Amount(agent.Total, "mem") * Mebibyte, Amount(agent.Total, "disk") * Mebibyte);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("totals"u8);
        var (cpus, memory, disk) = Sum(view);
        Write(json, "used"u8, cpus, memory, disk);
        Write(json, "allocated"u8, Total(view, "cpus", allocated: true), Total(view, "mem", allocated: true) * Mebibyte, Total(view, "disk", allocated: true) * Mebibyte);
        Write(json, "total"u8, Total(view, "cpus", allocated: false), Total(view, "mem", allocated: false) * Mebibyte, Total(view, "disk", allocated: false) * Mebibyte);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, double cpus, double memory, double disk)
    {
        json.WriteStartObject(name);
        JsonValues.Number(json, "cpus"u8, cpus);
        json.WriteNumber("mem_bytes"u8, (long)memory);
        json.WriteNumber("disk_bytes"u8, (long)disk);
        json.WriteEndObject();
    }

    private static double Total(MasterView view, string name, bool allocated) =>
        view.Agents.Sum(agent => Amount(allocated ? agent.Allocated : agent.Total, name));

    private static double Amount(Model.Resources.ResourceSet resources, string name) => resources.Scalar(name) / 1000.0;
}
