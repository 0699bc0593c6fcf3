using System.Net;
using System.Text.Json;

namespace Tepui.Web.Client;

/// <summary>Reads sandboxes from agents over their public HTTP API.</summary>
public sealed class AgentClient(HttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Lists a directory.</summary>
    /// <returns>Its entries by name, or null when there is no such directory.</returns>
    /// <exception cref="MasterUnavailableException">The agent does not answer as it should.</exception>
    public async Task<IReadOnlyList<SandboxFile>?> BrowseAsync(Uri agent, string path, CancellationToken cancel)
    {
        using var document = await GetAsync(new Uri(agent, $"files/browse?path={Uri.EscapeDataString(path)}"), cancel);
        return document?.RootElement.EnumerateArray().Select(Entry).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
    }

    /// <summary>Reads a piece of a file.</summary>
    /// <param name="agent">Address of the agent.</param>
    /// <param name="path">The file.</param>
    /// <param name="offset">First byte; -1 asks for no content, only for the size, which is the offset of the answer.</param>
    /// <param name="length">Bytes at most.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The piece, or null when there is no such file.</returns>
    /// <exception cref="MasterUnavailableException">The agent does not answer as it should.</exception>
    public async Task<FilePiece?> ReadAsync(Uri agent, string path, long offset, int length, CancellationToken cancel)
    {
        using var document = await GetAsync(new Uri(agent, $"files/read?path={Uri.EscapeDataString(path)}&offset={offset}&length={length}"), cancel);
        return document is null
            ? null
            : new FilePiece(document.RootElement.GetProperty("offset").GetInt64(), document.RootElement.GetProperty("data").GetString() ?? "");
    }

    /// <summary>Opens a file for download.</summary>
    public Task<HttpResponseMessage> DownloadAsync(Uri agent, string path, CancellationToken cancel) =>
        http.GetAsync(new Uri(agent, $"files/download?path={Uri.EscapeDataString(path)}"), HttpCompletionOption.ResponseHeadersRead, cancel);

    private async Task<JsonDocument?> GetAsync(Uri uri, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await http.GetAsync(uri, patience.Token);
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            if (answer.StatusCode != HttpStatusCode.OK)
            {
                var text = await answer.Content.ReadAsStringAsync(patience.Token);
                throw new MasterUnavailableException($"{uri.Authority} answered with status {(int)answer.StatusCode}: {text.Trim()}");
            }

            await using var body = await answer.Content.ReadAsStreamAsync(patience.Token);
            return await JsonDocument.ParseAsync(body, cancellationToken: patience.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new MasterUnavailableException($"{uri.Authority} did not answer within {Patience.TotalSeconds:0} seconds.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw new MasterUnavailableException($"{uri.Authority} cannot be read: {e.Message}", e);
        }
    }

    private static SandboxFile Entry(JsonElement entry) => new(
        entry.GetProperty("path").GetString() ?? "",
        entry.GetProperty("size").GetInt64(),
        DateTimeOffset.FromUnixTimeMilliseconds((long)(entry.GetProperty("mtime").GetDouble() * 1000)),
        entry.GetProperty("mode").GetString()?.StartsWith('d') == true);
}
