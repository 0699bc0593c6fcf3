using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary><c>tepui jobs</c> as a process of its own, which can be killed and started again on the same port.</summary>
internal sealed class JobsProcess(Machine machine, string master) : IDisposable
{
    private readonly string _port = SeparateCluster.FreePort();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly List<TepuiProcess> _all = [];

    /// <summary>Base address, the same after each start.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    public TepuiProcess Process { get; private set; } = null!;

    public async Task StartAsync()
    {
        Process = TepuiProcess.Start("jobs", "--http_address=127.0.0.1", $"--http_port={_port}", $"--master={master}", $"--work_dir={Path.Join(machine.Path, "jobs")}");
        _all.Add(Process);
        await Process.ForTextAsync("jobs at");
    }

    public async Task KillHardAsync()
    {
        Process.KillHard();
        await Process.ExitAsync();
    }

    /// <summary>Makes or replaces a job with a schedule.</summary>
    public async Task CreateAsync(JsonObject job)
    {
        using var response = await _http.PostAsync(new Uri(Address, "/scheduler/iso8601"), JsonContent.Create(job));
        Assert.True(response.StatusCode == HttpStatusCode.NoContent, $"{job["name"]} is answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}\n{this}");
    }

    /// <summary>A document, or <see langword="null"/> while nobody answers.</summary>
    public async Task<JsonElement?> TryGetAsync(string path)
    {
        try
        {
            return JsonDocument.Parse(await _http.GetStringAsync(new Uri(Address, path))).RootElement;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>States of the runs of a job by number.</summary>
    public async Task<SortedDictionary<long, string>> RunsAsync(string job) => await TryGetAsync($"/scheduler/job/{job}/runs?limit=1000") is { } runs
        ? new(runs.EnumerateArray().ToDictionary(run => run.GetProperty("run").GetInt64(), run => run.GetProperty("state").GetString()!))
        : [];

    public void Dispose()
    {
        _all.ForEach(process => process.Dispose());
        _http.Dispose();
    }

    public override string ToString() => string.Join("\n======\n", _all);
}
