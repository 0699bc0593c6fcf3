using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tepui.Agent.Core.Views;
using Tepui.Agent.Http.State;
using Tepui.Agent.Loop;
using Tepui.Agent.Metrics;
using Tepui.Model.Units;
using Tepui.Runtime.Http;
using Tepui.Runtime.Info;
using Tepui.Runtime.Json;
using Tepui.Runtime.Metrics;

namespace Tepui.Agent.Http;

/// <summary>The v0 routes that read.</summary>
internal sealed class ReadRoutes(AgentLoop loop, AgentIdentity agent, AgentMetrics metrics, ContainerReads containers)
{
    /// <summary>Adds the routes.</summary>
    public void Map(MesosRouter router)
    {
        router.Map("/health", context => Answer.EmptyAsync(context, StatusCodes.Status200OK));
        router.MapGlobal("/version", context => Answer.JsonAsync(context, output =>
        {
            using var json = new Utf8JsonWriter(output, JsonValues.Options);
            SortedJson.Write(json, agent.Version);
        }));
        router.Map("/flags", FlagsAsync);
        router.MapGlobal("/metrics", PrometheusAsync);
        router.MapGlobal("/metrics/snapshot", MetricsAsync);
        foreach (var suffix in new[] { "", ".json" })
        {
            router.Map("/state" + suffix, StateAsync);
            router.Map("/monitor/statistics" + suffix, StatisticsAsync);
        }

        router.Map("/containers", ContainersAsync);
        router.MapGlobal("/system/stats.json", SystemAsync);
    }

    private Task FlagsAsync(HttpContext context) => JsonAsync(context, json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("flags"u8);
        StateDocument.WriteFlags(json, agent.Flags);
        json.WriteEndObject();
    });

    private async Task StateAsync(HttpContext context)
    {
        if (await RecoveredAsync(context) is { } view)
        {
            await JsonAsync(context, json => StateDocument.Write(json, view, agent));
        }
    }

    private async Task StatisticsAsync(HttpContext context)
    {
        if (await RecoveredAsync(context) is { } view)
        {
            await JsonAsync(context, json => ContainerDocuments.WriteStatistics(json, containers.List(view, showNested: false)));
        }
    }

    private async Task ContainersAsync(HttpContext context)
    {
        var container = Query(context, "container_id");
        var framework = Query(context, "framework_id");
        var executor = Query(context, "executor_id");
        if ((container is not null && (framework is not null || executor is not null)) || (executor is not null && framework is null))
        {
            const string Allowed = "Expecting 'container_id' alone, 'framework_id' alone, or 'framework_id' with 'executor_id' in query.\n";
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, Allowed);
            return;
        }

        if (await RecoveredAsync(context) is { } view)
        {
            var shown = containers.List(view, showNested: false).Where(read =>
                (container is null || read.Id.Value == container)
                && (framework is null || read.Executor.Info.FrameworkId?.Value == framework)
                && (executor is null || read.Executor.Info.ExecutorId.Value == executor));
            await JsonAsync(context, json => ContainerDocuments.WriteContainers(json, shown));
        }
    }

    private async Task MetricsAsync(HttpContext context)
    {
        // Everything is at hand at once, so the time given to gather it is only checked.
        if (Query(context, "timeout") is { } timeout && !DurationText.TryParse(timeout, out _, out var problem))
        {
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, $"Invalid timeout '{timeout}': {problem}.\n");
            return;
        }

        var view = await loop.ViewAsync(context.RequestAborted);
        await Answer.JsonAsync(context, output => JsonText.WriteNumbers(output, metrics.Snapshot(view)));
    }

    private async Task PrometheusAsync(HttpContext context)
    {
        var view = await loop.ViewAsync(context.RequestAborted);
        await Answer.BytesAsync(context, PrometheusText.ContentType, Encoding.UTF8.GetBytes(PrometheusText.Print(metrics.Samples(view))));
    }

    /// <summary>What readers may see; <see langword="null"/> after it was answered that the recovery goes on.</summary>
    private async Task<AgentView?> RecoveredAsync(HttpContext context)
    {
        var view = await loop.ViewAsync(context.RequestAborted);
        if (!view.Recovering)
        {
            return view;
        }

        await Answer.TextAsync(context, StatusCodes.Status503ServiceUnavailable, "Agent has not finished recovery");
        return null;
    }

    private static Task SystemAsync(HttpContext context) => JsonAsync(context, json =>
    {
        var system = SystemStats.Read();
        json.WriteStartObject();
        json.WriteDouble("avg_load_15min", system.Load15);
        json.WriteDouble("avg_load_1min", system.Load1);
        json.WriteDouble("avg_load_5min", system.Load5);
        json.WriteNumber("cpus_total"u8, system.Cpus);
        json.WriteNumber("mem_free_bytes"u8, system.MemoryFree);
        json.WriteNumber("mem_total_bytes"u8, system.MemoryTotal);
        json.WriteEndObject();
    });

    private static string? Query(HttpContext context, string name) => context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    private static Task JsonAsync(HttpContext context, Action<Utf8JsonWriter> write) => Answer.JsonAsync(context, output =>
    {
        using var json = new Utf8JsonWriter(output, JsonValues.Options);
        write(json);
    });
}
