using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Jobs as clients write and read them: JSON.</summary>
public static class JobDocuments
{
    /// <summary>Largest document, in bytes.</summary>
    public const int BytesMax = 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a document; never throws for what a client sent.</summary>
    /// <param name="body">JSON, UTF-8.</param>
    /// <param name="kind">As what it was sent.</param>
    /// <param name="options">Defaults.</param>
    /// <param name="now">The start of a schedule that has none.</param>
    public static JobDraft Read(ReadOnlyMemory<byte> body, DraftKind kind, JobsOptions options, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        using var document = DocumentText.Open(body, problems);
        return document is null ? new(kind, null, problems, []) : JobReader.Read(document.RootElement, kind, options, now);
    }

    /// <summary>Writes a job with all that clients of Chronos read, as an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="job">The job.</param>
    /// <param name="isMirrored">Shows what is in one of <c>fetch</c> and <c>uris</c> in the other too, as lists of jobs do.</param>
    /// <param name="more">Writes members behind it.</param>
    public static void Write(Utf8JsonWriter json, Job job, bool isMirrored = false, Action<Utf8JsonWriter>? more = null)
    {
        json.WriteStartObject();
        JobWriter.Members(json, job.Spec, job.Progress, isMirrored);
        more?.Invoke(json);
        json.WriteEndObject();
    }

    /// <summary>A job by itself, UTF-8.</summary>
    public static byte[] Bytes(Job job) => Bytes(json => Write(json, job));

    /// <summary>Writes the members a job was given (not the counters), as an object. Reading it gives the same job.</summary>
    public static void WriteSpec(Utf8JsonWriter json, JobSpec spec)
    {
        json.WriteStartObject();
        JobWriter.Members(json, spec, null, isMirrored: false);
        json.WriteEndObject();
    }

    /// <summary>The schedule as it stands, as in answers: what is written in <c>schedule</c>, or the cron expression; empty for jobs with parents.</summary>
    public static string ScheduleText(Job job) => job.Spec.Schedule is { } schedule ? JobWriter.ScheduleText(schedule, job.Progress) : "";

    private static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
