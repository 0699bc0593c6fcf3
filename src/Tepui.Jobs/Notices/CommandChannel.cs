using System.Diagnostics;
using System.Text;
using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices;

/// <summary>Runs the operator's command for each notice. What comes from the job goes to its standard input only, never into the command.</summary>
/// <param name="command">For the shell.</param>
/// <param name="limit">Longest time; after that it is killed with all it started.</param>
/// <param name="time">The clock.</param>
internal sealed class CommandChannel(string command, TimeSpan limit, TimeProvider time) : INoticeChannel
{
    /// <summary>Longest time of a command.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const int MostOutput = 1000;

    /// <inheritdoc/>
    public string Name => "command";

    /// <inheritdoc/>
    public IReadOnlyList<string> Targets(Notice notice) => [Name];

    /// <inheritdoc/>
    public async Task<NoticeResult> SendAsync(Notice notice, string target, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        using var over = new CancellationTokenSource();
        var output = ReadAsync(process.StandardOutput.BaseStream, over.Token);
        var errors = ReadAsync(process.StandardError.BaseStream, over.Token);
        try
        {
            await WriteAsync(process, NoticeText.Json(notice, notice.Owner), either.Token);
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? NoticeResult.Told : NoticeResult.Failed($"it ended with {process.ExitCode}{await TailAsync(errors, over)}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return NoticeResult.Failed($"it ran longer than {limit.TotalSeconds} s");
        }
        finally
        {
            await EndAsync(process, over, output, errors);
        }
    }

    // A command that does not read its input is fine.
    private static async Task WriteAsync(Process process, byte[] json, CancellationToken cancel)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(json, cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It closed its end.
        }
    }

    // The last of what it said. What it left behind may hold the pipe open: that is not waited for.
    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        var kept = Array.Empty<byte>();
        try
        {
            while (await stream.ReadAsync(buffer, cancel) is var count and > 0)
            {
                kept = [.. kept.Concat(buffer[..count]).TakeLast(MostOutput)];
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The command is over.
        }

        return kept;
    }

    private static async Task<string> TailAsync(Task<byte[]> errors, CancellationTokenSource over)
    {
        over.CancelAfter(TimeSpan.FromSeconds(1));
        var text = Encoding.UTF8.GetString(await errors).Trim();
        return text.Length == 0 ? "" : $": {text}";
    }

    private static async Task EndAsync(Process process, CancellationTokenSource over, Task<byte[]> output, Task<byte[]> errors)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await over.CancelAsync();
        await Task.WhenAll(output, errors);
    }
}
