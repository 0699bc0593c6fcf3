using System.Text.Json;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Jobs as clients write and read them: JSON.</summary>
public static class JobDocuments
{
    /// <summary>Reads a document; never throws for what a client sent.</summary>
    /// <param name="body">JSON, UTF-8.</param>
    /// <param name="kind">As what it was sent.</param>
    /// <param name="options">Defaults.</param>
    /// <param name="now">The start of a schedule that has none.</param>
    public static JobDraft Read(ReadOnlyMemory<byte> body, DraftKind kind, JobsOptions options, DateTimeOffset now) => new(kind, null, [], []);

    /// <summary>Writes the members a job was given (not the counters).</summary>
    public static void WriteSpec(Utf8JsonWriter json, JobSpec spec)
    {
    }
}
