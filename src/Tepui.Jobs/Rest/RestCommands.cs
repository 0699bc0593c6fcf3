using Microsoft.AspNetCore.Http;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Loop;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>Hands the wishes of clients to the core and writes what all their answers have in common. An answer comes when what changed is durable.</summary>
internal sealed class RestCommands(JobsLoop loop)
{
    private const string Warning = "X-Tepui-Warning";

    /// <summary>Hands a wish over; answers 204 when it was carried out.</summary>
    public Task RunAsync(RestCall call, JobsCommand command) => RunAsync(call, command, _ => RestAnswer.EmptyAsync(call.Context, StatusCodes.Status204NoContent));

    /// <summary>Hands a wish over, and answers.</summary>
    /// <param name="call">The request.</param>
    /// <param name="command">The wish.</param>
    /// <param name="answerAsync">Answers when it was carried out; refusals are answered here.</param>
    public async Task RunAsync(RestCall call, JobsCommand command, Func<CommandOutcome, Task> answerAsync)
    {
        var outcome = await loop.CallAsync(command, call.Cancel);
        switch (outcome)
        {
            case CommandOutcome.Refused refused:
                await RefuseAsync(call.Context, refused);
                return;
            case CommandOutcome.Done { Warning: { } warning }:
                Warn(call, warning);
                break;
            case CommandOutcome.Started { Warning: { } warning }:
                Warn(call, warning);
                break;
        }

        await answerAsync(outcome);
    }

    /// <summary>Hands over a wish about the job of the address; one that no job can be called is unknown.</summary>
    public Task RunAsync(RestCall call, Func<JobName, JobsCommand> command) =>
        JobName.TryParse(call["name"], out var name, out _) ? RunAsync(call, command(name)) : JobsErrors.UnknownJobAsync(call.Context, call["name"]);

    /// <summary>Reads a document, hands over the wish made of it, and answers.</summary>
    public async Task WithBodyAsync<T>(RestCall call, Func<ReadOnlyMemory<byte>, DocumentReading<T>> read, Func<T, JobsCommand> command, Func<CommandOutcome, Task>? answerAsync = null)
        where T : class
    {
        if (await JobsBody.ReadAsync(call, JobRequests.BytesMax, read) is not { } reading)
        {
            return;
        }

        if (reading.Value is null)
        {
            await JobsErrors.InvalidAsync(call.Context, reading.Problems);
            return;
        }

        await RunAsync(call, command(reading.Value), answerAsync ?? (_ => RestAnswer.EmptyAsync(call.Context, StatusCodes.Status204NoContent)));
    }

    /// <summary>200 with the run that was made, or found by its key: <c>{job,run}</c>.</summary>
    public static Task StartedAsync(RestCall call, CommandOutcome outcome) => RestAnswer.JsonAsync(call.Context, json =>
    {
        var run = outcome is CommandOutcome.Started started ? started.Run : default(RunId?);
        json.WriteStartObject();
        json.WriteString("job"u8, run?.Job.Value ?? call["name"]);
        if (run is { } known)
        {
            json.WriteNumber("run"u8, known.Number);
        }

        json.WriteEndObject();
    });

    private static Task RefuseAsync(HttpContext context, CommandOutcome.Refused refused) => JobsErrors.ErrorAsync(context, StatusOf(refused.Kind), refused.Message, refused.Problems);

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.NoParents => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };

    private static void Warn(RestCall call, string warning) => call.Context.Response.Headers[Warning] = Printable(warning);

    // Headers hold ASCII without controls.
    private static string Printable(string text) => string.Concat(text.Take(1000).Select(c => char.IsAscii(c) && !char.IsControl(c) ? c : '?'));
}
