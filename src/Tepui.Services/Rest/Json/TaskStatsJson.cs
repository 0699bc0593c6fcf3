using System.Text.Json;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>Statistics over the tasks of an app: how many are how far, and how long they live.</summary>
internal static class TaskStatsJson
{
    /// <summary>Writes <c>tasksStats</c> as a member of the open object; a part without tasks is left out.</summary>
    public static void Write(Utf8JsonWriter json, ServicesView view, AppSpec app, IReadOnlyList<Instance> instances)
    {
        var shown = instances.Where(AppTaskJson.IsShown).ToList();
        json.WriteStartObject("tasksStats"u8);
        Part(json, "startedAfterLastScaling"u8, view.At, shown.FindAll(instance => instance.Tasks[0].StagedAt > app.LastScalingAt));
        Part(json, "withLatestConfig"u8, view.At, shown.FindAll(instance => instance.ConfigVersion == app.LastConfigChangeAt));
        Part(json, "withOutdatedConfig"u8, view.At, shown.FindAll(instance => instance.ConfigVersion != app.LastConfigChangeAt));
        Part(json, "totalSummary"u8, view.At, shown);
        json.WriteEndObject();
    }

    private static void Part(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset now, List<Instance> instances)
    {
        if (instances.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteStartObject("stats"u8);
        WriteCounts(json, InstanceCounts.Of(instances));
        WriteLifeTime(json, [.. instances.Where(instance => instance.Tasks[0].StartedAt is not null).Select(instance => (now - instance.Tasks[0].StartedAt!.Value).TotalSeconds).Order()]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, InstanceCounts counts)
    {
        json.WriteStartObject("counts"u8);
        json.WriteNumber("staged"u8, counts.Staged);
        json.WriteNumber("running"u8, counts.Running);
        json.WriteNumber("healthy"u8, counts.Healthy);
        json.WriteNumber("unhealthy"u8, counts.Unhealthy);
        json.WriteEndObject();
    }

    private static void WriteLifeTime(Utf8JsonWriter json, double[] seconds)
    {
        if (seconds.Length == 0)
        {
            return;
        }

        var middle = seconds.Length / 2;
        json.WriteStartObject("lifeTime"u8);
        json.WriteNumber("averageSeconds"u8, Math.Round(seconds.Average(), 3));
        json.WriteNumber("medianSeconds"u8, Math.Round(seconds.Length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2, 3));
        json.WriteEndObject();
    }
}
