using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tepui.Jobs.Core.Jobs;

namespace Tepui.Jobs.Core.Notices;

/// <summary>What notices tell of a job: a JSON object of texts, as Chronos posts it. Variables of its tasks may be secret and are not in it.</summary>
internal static class NoticeDocument
{
    // Owners know the rest.
    private const int LongestText = 4096;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    public static byte[] Write(Job job)
    {
        var (spec, progress) = (job.Spec, job.Progress);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("job"u8, spec.Name.Value);
            json.WriteString("command"u8, Cut(spec.Command));
            json.WriteString("cpus"u8, Amount(spec.Cpus));
            json.WriteString("softError"u8, spec.SoftError ? "true" : "false");
            json.WriteString("errorCount"u8, Number(progress.ErrorCount));
            json.WriteString("errorsSinceLastSuccess"u8, Number(progress.ErrorsSinceLastSuccess));
            json.WriteString("executor"u8, Cut(spec.Executor));
            json.WriteString("executorFlags"u8, Cut(spec.ExecutorFlags));
            json.WriteString("lastError"u8, Time(progress.LastError));
            json.WriteString("lastSuccess"u8, Time(progress.LastSuccess));
            json.WriteString("mem"u8, Amount(spec.Mem));
            json.WriteString("retries"u8, Number(spec.Retries));
            json.WriteString("successCount"u8, Number(progress.SuccessCount));
            json.WriteString("uris"u8, Cut(string.Join(',', spec.Fetch.Select(fetch => fetch.Uri).Concat(spec.Uris))));
            json.WriteString("description"u8, Cut(spec.Description));
            json.WriteString("ownerName"u8, Cut(spec.OwnerName));
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    // Never between the two halves of a character.
    private static string Cut(string text) => text.Length > LongestText ? text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)] + "…" : text;

    private static string Amount(long thousandths) => (thousandths / 1000m).ToString("0.0##", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "";
}
