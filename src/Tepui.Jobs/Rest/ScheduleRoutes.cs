using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Rest.Json;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>When schedules are due next: those of jobs, and those that are being thought out.</summary>
internal sealed class ScheduleRoutes(RestParts parts)
{
    private const int CountStandard = 5;

    /// <summary>Adds the routes.</summary>
    public void Map(RouteTable routes) => routes
        .Map("GET", "/job/{name}/next", NextAsync)
        .Map("POST", "/preview", PreviewAsync);

    private async Task NextAsync(RestCall call)
    {
        var text = call.Text("count");
        var count = CountStandard;
        if (!string.IsNullOrEmpty(text) && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= SchedulePreview.CountMax))
        {
            await JobsErrors.ErrorAsync(call.Context, StatusCodes.Status400BadRequest, $"count is '{JobsErrors.Shown(text)}'; it must be a whole number from 1 to {SchedulePreview.CountMax}");
            return;
        }

        if (await JobRoutes.FindAsync(call, parts) is { } detail)
        {
            await TimesAsync(call, SchedulePreview.Of(detail.Summary.Job, count));
        }
    }

    private async Task PreviewAsync(RestCall call)
    {
        var preview = await JobsBody.ReadAsync(call, JobRequests.BytesMax, body => SchedulePreview.Read(body, parts.Options.Time.GetUtcNow()));
        if (preview is not null)
        {
            await (preview.Faults.Count == 0 ? TimesAsync(call, preview) : FaultsAsync(call, preview.Faults));
        }
    }

    private static Task TimesAsync(RestCall call, SchedulePreview preview) => RestAnswer.JsonAsync(call.Context, json =>
    {
        json.WriteStartObject();
        json.WriteString("zone"u8, preview.Zone);
        json.WriteStartArray("times"u8);
        foreach (var time in preview.Times)
        {
            json.WriteStringValue(TimeJson.InZone(time));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static Task FaultsAsync(RestCall call, IReadOnlyList<ScheduleFault> faults) => RestAnswer.JsonAsync(call.Context, StatusCodes.Status400BadRequest, json =>
    {
        json.WriteStartObject();
        json.WriteString("status"u8, ReasonPhrases.GetReasonPhrase(StatusCodes.Status400BadRequest));
        json.WriteString("message"u8, string.Join("; ", faults.Select(fault => fault.Path.Length == 0 ? fault.Message : $"{fault.Path}: {fault.Message}")));
        json.WriteStartArray("problems"u8);
        foreach (var fault in faults)
        {
            Write(json, fault);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, ScheduleFault fault)
    {
        json.WriteStartObject();
        json.WriteString("path"u8, fault.Path);
        json.WriteString("message"u8, fault.Message);
        if (fault.Offset is { } offset)
        {
            json.WriteNumber("offset"u8, offset);
        }

        json.WriteEndObject();
    }
}
