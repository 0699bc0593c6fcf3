using System.Globalization;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Documents;

/// <summary>A run somebody wants now.</summary>
/// <param name="Arguments">In place of the job's; <see langword="null"/>: the job's.</param>
/// <param name="Environment">Beside the job's.</param>
public sealed record RunRequest(string? Arguments, IReadOnlyList<EnvironmentVariable> Environment);

/// <summary>Earlier times that somebody wants again, both ends included.</summary>
public sealed record BackfillRequest(DateTimeOffset From, DateTimeOffset To);

/// <summary>A number somebody tells of a task.</summary>
public sealed record TaskReport(long Number);

/// <summary>Reads the small documents that requests about jobs bear. Lenient as <see cref="JobDocuments"/> is; never throws for what a client sent.</summary>
public static class JobRequests
{
    /// <summary>Largest of them, in bytes.</summary>
    public const int BytesMax = 1024 * 1024;

    /// <summary>A wish for a run; an empty body wishes nothing special.</summary>
    public static DocumentReading<RunRequest> Run(ReadOnlyMemory<byte> body) => body.IsEmpty
        ? new(new(null, []), [])
        : Read(body, request => new RunRequest(request.ProcessText("arguments"), request.Objects("environmentVariables", PartReader.Variable)));

    /// <summary>A wish for earlier times: <c>{from,to}</c>, ISO 8601, in UTC where no offset is given.</summary>
    public static DocumentReading<BackfillRequest> Backfill(ReadOnlyMemory<byte> body) => Read(body, request =>
    {
        var (from, to) = (Time(request, "from"), Time(request, "to"));
        if (from is { } first && to is { } last && last < first)
        {
            request.Refuse("to", "is before from; it is the end of the range");
        }

        return new BackfillRequest(from ?? default, to ?? default);
    });

    /// <summary>How many more elements a task has processed; 0 when it does not say.</summary>
    public static DocumentReading<TaskReport> Progress(ReadOnlyMemory<byte> body) =>
        Read(body, request => new TaskReport(request.Whole("numAdditionalElementsProcessed", 0, int.MaxValue) ?? 0));

    /// <summary>How an async run ended.</summary>
    public static DocumentReading<TaskReport> Completion(ReadOnlyMemory<byte> body) => Read(body, request =>
    {
        if (!request.Has("statusCode"))
        {
            request.Refuse("statusCode", "is missing; 0 says that the run succeeded, any other number that it failed");
        }

        return new TaskReport(request.Whole("statusCode", int.MinValue, int.MaxValue) ?? 0);
    });

    private static DocumentReading<T> Read<T>(ReadOnlyMemory<byte> body, Func<Members, T> read)
        where T : class
    {
        var problems = new List<Problem>();
        using var document = DocumentText.Open(body, problems);
        var value = document is null ? null : read(new(document.RootElement, "", problems));
        return new(problems.Count == 0 ? value : null, problems);
    }

    private static DateTimeOffset? Time(Members request, string name)
    {
        var text = request.Required(name, "it must be a time such as 2031-05-01T06:30:00Z");
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        request.Refuse(name, $"is '{Members.Cut(text)}'; it must be a time such as 2031-05-01T06:30:00Z");
        return null;
    }
}
