using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tepui.Master.Core.Views;
using Tepui.Master.Http.State;
using Tepui.Master.Loop;
using Tepui.Master.Metrics;
using Tepui.Master.Registry;
using Tepui.Model.Units;
using Tepui.Protocol.Json;
using Tepui.Runtime.Http;
using Tepui.Runtime.Info;
using Tepui.Runtime.Json;
using Tepui.Runtime.Metrics;

namespace Tepui.Master.Http.V0;

/// <summary>The v0 routes that only show: dashboards, service discovery and scripts read them. Any method will do.</summary>
internal sealed class ReadRoutes(MasterLoop loop, MasterIdentity master, MasterMetrics metrics, MasterRegistry registry)
{
    private const int TasksDefault = 100;

    /// <summary>Adds the routes; those that tools of old times ask for with <c>.json</c> answer to that as well.</summary>
    public void Map(MesosRouter router)
    {
        MapView(router, "/state", (json, view, _) => StateDocument.Write(json, view, master));
        MapView(router, "/state-summary", (json, view, _) => SummaryDocument.Write(json, view, master));
        MapView(router, "/slaves", (json, view, context) => ListDocuments.WriteAgents(json, view, Query(context, "slave_id")));
        MapView(router, "/frameworks", (json, view, context) => ListDocuments.WriteFrameworks(json, view, Query(context, "framework_id")));
        MapView(router, "/roles", (json, view, _) => ListDocuments.WriteRoles(json, view));
        router.MapGlobal("/registrar(1)/registry", context => ViewAsync(context, (json, _) => RegistryDocument.Write(json, registry.Load(), master)));
        router.MapGlobal("/tepui/usage", context => ViewAsync(context, UsageDocument.Write));
        foreach (var suffix in Suffixes)
        {
            router.Map("/tasks" + suffix, TasksAsync);
        }

        router.Map("/health", context => Answer.EmptyAsync(context, StatusCodes.Status200OK));
        router.MapGlobal("/version", context => JsonAsync(context, WriteVersion));
        router.Map("/flags", context => JsonAsync(context, WriteFlags));
        router.MapGlobal("/metrics/snapshot", SnapshotAsync);
        router.MapGlobal("/metrics", PrometheusAsync);
        router.MapGlobal("/system/stats.json", context => JsonAsync(context, WriteSystem));
        router.Map("/redirect", context => Answer.RedirectAsync(context, $"//{master.Info.Hostname}:{master.Info.Port}"));
    }

    private static IEnumerable<string> Suffixes { get; } = ["", ".json"];

    private void MapView(MesosRouter router, string path, Action<Utf8JsonWriter, MasterView, HttpContext> write)
    {
        foreach (var suffix in Suffixes)
        {
            router.Map(path + suffix, context => ViewAsync(context, (json, view) => write(json, view, context)));
        }
    }

    private async Task ViewAsync(HttpContext context, Action<Utf8JsonWriter, MasterView> write)
    {
        var view = await loop.ViewAsync(context.RequestAborted);
        await JsonAsync(context, json => write(json, view));
    }

    private static Task JsonAsync(HttpContext context, Action<Utf8JsonWriter> write) => Answer.JsonAsync(context, output =>
    {
        using var json = new Utf8JsonWriter(output, JsonValues.Options);
        write(json);
    });

    private async Task TasksAsync(HttpContext context)
    {
        if (!TryNumber(context, "limit", TasksDefault, out var limit, out var problem) || !TryNumber(context, "offset", 0, out var offset, out problem))
        {
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        var query = new TaskQuery(Query(context, "framework_id"), Query(context, "task_id"), limit, offset, Query(context, "order") == "asc");
        await ViewAsync(context, (json, view) => ListDocuments.WriteTasks(json, view, query));
    }

    private async Task SnapshotAsync(HttpContext context)
    {
        if (Query(context, "timeout") is { } timeout && !DurationText.TryParse(timeout, out _, out var problem))
        {
            var number = timeout[..^timeout.Reverse().TakeWhile(char.IsAsciiLetter).Count()];
            var reason = double.TryParse(number, CultureInfo.InvariantCulture, out _) ? problem : $"Failed to convert '{number}' to number.";
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, $"Invalid timeout '{timeout}': {reason}\n");
            return;
        }

        await ViewAsync(context, (json, view) =>
        {
            json.WriteStartObject();
            foreach (var (name, value) in metrics.Read(view))
            {
                json.WritePropertyName(name);
                JsonValues.Number(json, value);
            }

            json.WriteEndObject();
        });
    }

    private async Task PrometheusAsync(HttpContext context)
    {
        var view = await loop.ViewAsync(context.RequestAborted);
        await Answer.BytesAsync(context, PrometheusText.ContentType, Encoding.UTF8.GetBytes(PrometheusText.Print(metrics.Samples(view))));
    }

    private void WriteFlags(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WritePropertyName("flags"u8);
        StateDocument.WriteFlags(json, master);
        json.WriteEndObject();
    }

    private void WriteVersion(Utf8JsonWriter json)
    {
        using var document = JsonDocument.Parse(JsonCodec.ToBytes(master.Version));
        json.WriteStartObject();
        foreach (var member in document.RootElement.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            json.WritePropertyName(member.Name);
            json.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void WriteSystem(Utf8JsonWriter json)
    {
        var system = SystemStats.Read();
        json.WriteStartObject();
        JsonValues.Number(json, "avg_load_15min"u8, system.Load15);
        JsonValues.Number(json, "avg_load_1min"u8, system.Load1);
        JsonValues.Number(json, "avg_load_5min"u8, system.Load5);
        json.WriteNumber("cpus_total"u8, system.Cpus);
        json.WriteNumber("mem_free_bytes"u8, system.MemoryFree);
        json.WriteNumber("mem_total_bytes"u8, system.MemoryTotal);
        json.WriteEndObject();
    }

    private static string? Query(HttpContext context, string name) =>
        context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    private static bool TryNumber(HttpContext context, string name, int otherwise, out int number, out string problem)
    {
        number = otherwise;
        problem = "";
        if (Query(context, name) is not { } text || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        problem = $"Failed to parse '{name}': '{text}' is not a whole number from 0 to {int.MaxValue}.\n";
        return false;
    }
}
