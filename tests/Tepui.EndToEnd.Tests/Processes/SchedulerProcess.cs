using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary>A scheduler of Tepui as a process of its own, which can be killed and started again on the same port.</summary>
/// <param name="machine">Where its data lies.</param>
/// <param name="component">Its command: <c>services</c> or <c>jobs</c>.</param>
/// <param name="master">HOST:PORT.</param>
/// <param name="flags">Further flags.</param>
internal abstract class SchedulerProcess(Machine machine, string component, string master, params string[] flags) : IDisposable
{
    private readonly string _port = SeparateCluster.FreePort();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly List<TepuiProcess> _all = [];

    /// <summary>Base address, the same after each start.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    public TepuiProcess Process { get; private set; } = null!;

    public async Task StartAsync()
    {
        Process = TepuiProcess.Start([component, "--http_address=127.0.0.1", $"--http_port={_port}", $"--master={master}", $"--work_dir={Path.Join(machine.Path, component)}", .. flags]);
        _all.Add(Process);
        await Process.ForTextAsync($"{component} at");
    }

    public async Task KillHardAsync()
    {
        Process.KillHard();
        await Process.ExitAsync();
    }

    /// <summary>Sends a document; gives the answer after checking its status.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonNode? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{method} {path} is answered {(int)response.StatusCode}: {text}\n{this}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
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

    public void Dispose()
    {
        _all.ForEach(process => process.Dispose());
        _http.Dispose();
    }

    public override string ToString() => string.Join("\n======\n", _all);
}
