using System.Diagnostics;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>
/// The terminal sessions of the README are run as written. A session is a block fenced as <c>console</c>; a line that starts with <c>$ </c> is a command.
/// A command must end with 0, or with the number that the README shows for an <c>echo $?</c> right after it.
/// </summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task Sessions_RunAsWritten_EndAsShown()
    {
        var commands = Commands(await File.ReadAllLinesAsync(Path.Join(Root(), "README.md")));
        Assert.Contains(commands, command => command.Line == "./tepui local");
        Assert.Contains(commands, command => command.Code != 0);

        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine, "--services-port", "0", "--jobs-port", "0");
        foreach (var (line, expected) in commands.Where(command => command.Line != "./tepui local"))
        {
            var (code, output) = await RunAsync(line, cluster);
            Assert.True(code == expected, $"$ {line}\n{output}ended with {code}; the README shows {expected}");
            Assert.False(string.IsNullOrWhiteSpace(output), $"$ {line}\nprinted nothing");
        }
    }

    private static List<(string Line, int Code)> Commands(IEnumerable<string> lines)
    {
        var commands = new List<(string Line, int Code)>();
        var (inside, shown) = (false, false);
        foreach (var line in lines)
        {
            if (shown)
            {
                commands[^1] = (commands[^1].Line, int.Parse(line));
                shown = false;
            }
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line == "```console";
            }
            else if (inside && line == "$ echo $?")
            {
                shown = true;
            }
            else if (inside && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                commands.Add((line[2..], 0));
            }
        }

        return commands;
    }

    private static async Task<(int Code, string Output)> RunAsync(string line, LocalCluster cluster)
    {
        var info = new ProcessStartInfo("bash", ["-c", $"{{ {line.Replace("./tepui", TepuiProcess.Binary, StringComparison.Ordinal)}; }} 2>&1"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
        info.Environment["TEPUI_MASTER"] = cluster.Master;
        info.Environment["TEPUI_SERVICES"] = cluster.Services;
        info.Environment["TEPUI_JOBS"] = cluster.Jobs;
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TepuiProcess.Limit);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(folder.FullName, "Tepui.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No Tepui.slnx above {AppContext.BaseDirectory}");
        }

        return folder.FullName;
    }
}
