using System.Text.Json;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>The launch queue as clients read it.</summary>
internal static class QueueJson
{
    private static readonly string[] Gates =
    [
        "UnfulfilledRole", "UnfulfilledConstraint", "NoCorrespondingReservationFound", "AgentMaintenance", "InsufficientCpus",
        "InsufficientMemory", "InsufficientDisk", "InsufficientGpus", "InsufficientPorts", "DeclinedScarceResources",
    ];

    /// <summary>Writes the answer.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="view">As of one moment.</param>
    /// <param name="showOffers">Whether the last unused offers are part of it.</param>
    public static void Write(Utf8JsonWriter json, ServicesView view, bool showOffers)
    {
        json.WriteStartObject();
        json.WriteStartArray("queue"u8);
        foreach (var item in view.Queue)
        {
            json.WriteStartObject();
            json.WriteNumber("count"u8, item.Count);
            json.WriteString("role"u8, item.Spec.Role);
            WriteDelay(json, item.DelayedUntil, view.At);
            json.WriteTime("since"u8, item.Since);
            WriteSummary(json, item.Offers);
            if (showOffers)
            {
                UnusedOfferJson.WriteList(json, item.Offers.LastUnused);
            }

            WriteSpec(json, item.Spec);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes <c>delay</c> as a member of the open object.</summary>
    public static void WriteDelay(Utf8JsonWriter json, DateTimeOffset? until, DateTimeOffset now)
    {
        var left = until is { } end && end > now ? end - now : TimeSpan.Zero;
        json.WriteStartObject("delay"u8);
        json.WriteNumber("timeLeftSeconds"u8, (long)Math.Ceiling(left.TotalSeconds));
        json.WriteBoolean("overdue"u8, left == TimeSpan.Zero);
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, OfferSummary offers)
    {
        json.WriteStartObject("processedOffersSummary"u8);
        json.WriteNumber("processedOffersCount"u8, offers.Processed);
        json.WriteNumber("unusedOffersCount"u8, offers.Unused);
        json.WriteTimeIfSet("lastUnusedOfferAt"u8, offers.LastUnusedAt);
        json.WriteTimeIfSet("lastUsedOfferAt"u8, offers.LastUsedAt);
        WriteGates(json, "rejectSummaryLastOffers"u8, offers.LastOffers);
        WriteGates(json, "rejectSummaryLaunchAttempt"u8, offers.SinceLaunchAttempt);
        json.WriteEndObject();
    }

    private static void WriteGates(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<RejectionCount> counts)
    {
        json.WriteStartArray(name);
        foreach (var gate in Gates)
        {
            var count = counts.FirstOrDefault(known => known.Reason == gate);
            json.WriteStartObject();
            json.WriteString("reason"u8, gate);
            json.WriteNumber("declined"u8, count?.Declined ?? 0);
            json.WriteNumber("processed"u8, count?.Processed ?? 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSpec(Utf8JsonWriter json, RunSpec spec)
    {
        if (spec is AppSpec app)
        {
            json.WriteStartObject("app"u8);
            AppDocument.WriteMembers(json, app);
            json.WriteEndObject();
        }
        else if (spec is PodSpec pod)
        {
            json.WriteStartObject("pod"u8);
            PodDocument.WriteMembers(json, pod);
            json.WriteEndObject();
        }
    }
}
