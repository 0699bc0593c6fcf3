using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>Notices in words.</summary>
internal static class NoticeText
{
    private const int MostOwners = 50;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What it is, in one line.</summary>
    public static string Subject(Notice notice) => $"[Tepui] job '{notice.Job.Value}' {Happened(notice.Kind)}";

    /// <summary>Subject and details, for a chat.</summary>
    public static string Line(Notice notice) => notice.Message.Length == 0 ? Subject(notice) : $"{Subject(notice)}: {notice.Message}";

    /// <summary>Word for programs: failure, recovery, late, disabled or removed.</summary>
    public static string Word(NoticeKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Time in UTC.</summary>
    public static string Time(Notice notice) => notice.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Addresses in the owner of its job, each once.</summary>
    public static IReadOnlyList<string> Owners(Notice notice) =>
        [.. notice.Owner.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(MostOwners)];

    /// <summary>As JSON: subject, message, to, what is told of the job, and id, event, run and time of the notice. All are texts but id and run.</summary>
    /// <param name="notice">Which.</param>
    /// <param name="to">Whom it is for.</param>
    public static byte[] Json(Notice notice, string to)
    {
        var json = new JsonObject { ["subject"] = Subject(notice) };
        Set(json, "message", notice.Message);
        Set(json, "to", to);
        foreach (var (name, value) in JsonNode.Parse(notice.Document)!.AsObject())
        {
            json[name] = value?.DeepClone();
        }

        json["id"] = notice.Sequence;
        json["event"] = Word(notice.Kind);
        json["time"] = Time(notice);
        if (notice.Run is { } run)
        {
            json["run"] = run;
        }

        return JsonSerializer.SerializeToUtf8Bytes(json, Options);
    }

    private static void Set(JsonObject json, string name, string value)
    {
        if (value.Length > 0)
        {
            json[name] = value;
        }
    }

    private static string Happened(NoticeKind kind) => kind switch
    {
        NoticeKind.Failure => "failed",
        NoticeKind.Recovery => "succeeds again",
        NoticeKind.Late => "is late",
        NoticeKind.Disabled => "was disabled",
        NoticeKind.Removed => "was removed",
        _ => "has news",
    };
}
