using System.Diagnostics;
using System.Text.Json;
using Tepui.LoadTest.Measuring;
using Tepui.LoadTest.Processes;

namespace Tepui.LoadTest.Rows;

/// <summary>How long a newcomer waits.</summary>
internal sealed class StartRow() : Row("start", "`tepui local` on new data: from the start of the process until it says that it is ready; its agent is registered then.")
{
    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var took = new List<double>();
        using var http = new HttpClient();
        for (var run = 0; run < settings.Runs; run++)
        {
            var home = Path.Join(settings.Data, $"tepui-load-{Guid.NewGuid():N}");
            var began = Stopwatch.GetTimestamp();
            using (var local = TepuiProcess.Start(settings.Binary, "local", "--work-dir", home, "--port", "0", "--agent-port", "0", "--services-port", "0", "--jobs-port", "0"))
            {
                local.WaitFor("ready in");
                took.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
                var address = local.WaitFor("http://").Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal));
                using var state = JsonDocument.Parse(await http.GetStringAsync(new Uri(new Uri(address), "/state"), cancel));
                if (state.RootElement.GetProperty("activated_slaves").GetDouble() != 1)
                {
                    throw new LoadTestException("It says that it is ready, but no agent is registered");
                }

                local.Interrupt();
            }

            Directory.Delete(home, recursive: true);
        }

        Report.Print("`tepui local`, process start to ready", "s", took, "at most 2");
    }
}
