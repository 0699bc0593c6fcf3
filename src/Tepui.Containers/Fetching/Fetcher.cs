using System.Net;
using System.Security.Authentication;
using Microsoft.Win32.SafeHandles;
using Tepui.Containers.Native;
using Tepui.Protocol.V1;
using Tepui.Runtime.Files;
using Credentials = Tepui.Containers.Native.Credentials;
using Task = System.Threading.Tasks.Task;

namespace Tepui.Containers.Fetching;

/// <summary>Brings a container's URIs into its sandbox: http, https and local files; archives are unpacked beside.</summary>
internal sealed class Fetcher : IDisposable
{
    private const int Chunk = 64 * 1024;

    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly TimeProvider _time;
    private readonly TimeSpan _stall;
    private readonly string? _frameworksHome;

    /// <summary>Made with the first fetch: what it loads is megabytes.</summary>
    private readonly Lazy<HttpClient> _http;

    public Fetcher(ContainerizerOptions options, TimeProvider time)
    {
        _time = time;
        _stall = options.FetchStallTimeout;
        _frameworksHome = options.FrameworksHome;
        _http = new(() => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = true, ConnectTimeout = options.FetchStallTimeout })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        });
    }

    /// <summary>Fetches them all, one after the other.</summary>
    /// <param name="uris">What to fetch.</param>
    /// <param name="sandbox">Where to.</param>
    /// <param name="owner">Whose all of it becomes, and with whose rights local files are read; <see langword="null"/> for our own.</param>
    /// <param name="cancel">The container is not wanted any more.</param>
    /// <exception cref="FetchException">One of them failed; the message names it.</exception>
    public async Task FetchAsync(IEnumerable<CommandInfo.Types.URI> uris, string sandbox, UserIdentity? owner, CancellationToken cancel)
    {
        foreach (var uri in uris)
        {
            try
            {
                await FetchAsync(uri, new SandboxWriter(sandbox, owner), owner, cancel);
            }
            catch (Exception failure) when (failure is FetchException or IOException or UnauthorizedAccessException or HttpRequestException or InvalidDataException)
            {
                throw new FetchException($"Failed to fetch '{uri.Value.TrimStart()}': {Explain(failure)}", failure);
            }
        }
    }

    public void Dispose()
    {
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

    private async Task FetchAsync(CommandInfo.Types.URI uri, SandboxWriter writer, UserIdentity? owner, CancellationToken cancel)
    {
        var source = FetchSource.Parse(uri, _frameworksHome);
        if (source.Web is { } address)
        {
            await DownloadAsync(address, source.Name, uri.Executable, writer, cancel);
        }
        else
        {
            await using var local = new FileStream(OpenAs(owner, source.File!), FileAccess.Read, 0);
            await SaveAsync(local, source.Name, uri.Executable, writer, cancel);
        }

        if (uri.Extract && !uri.Executable && Archive.IsArchive(source.Name))
        {
            await Archive.ExtractAsync(writer.PathOf(source.Name), writer, cancel);
        }
    }

    private async Task DownloadAsync(Uri address, string name, bool isExecutable, SandboxWriter writer, CancellationToken cancel)
    {
        using var stall = new CancellationTokenSource(_stall, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancel);
        try
        {
            using var response = await _http.Value.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new FetchException($"the server answered {(int)response.StatusCode} {response.ReasonPhrase}; only 200 is accepted");
            }

            await using var body = await response.Content.ReadAsStreamAsync(both.Token);
            await SaveAsync(new StallStream(body, stall, _stall), name, isExecutable, writer, both.Token);
        }
        catch (OperationCanceledException) when (stall.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new FetchException($"nothing came from the server for {_stall.TotalSeconds:0} s");
        }
    }

    private static async Task SaveAsync(Stream source, string name, bool isExecutable, SandboxWriter writer, CancellationToken cancel)
    {
        await using var file = writer.CreateFile(name, isExecutable ? Executable : Plain);
        await source.CopyToAsync(file, Chunk, cancel);
    }

    /// <summary>Read with the rights of the task's user: an agent run by root must not hand out what the user may not read.</summary>
    private static SafeFileHandle OpenAs(UserIdentity? user, string path)
    {
        if (Directory.Exists(path))
        {
            throw new FetchException("it is a directory; only files can be fetched");
        }

        var file = user is null ? Open(path) : Credentials.RunAs(user, () => Open(path));
        if (FileStatus.Of($"/proc/self/fd/{file.DangerousGetHandle()}", path) is { IsPlain: true })
        {
            return file;
        }

        file.Dispose();
        throw new FetchException("it is no plain file; only files can be fetched");
    }

    // Without waiting: a pipe nobody writes to would hold up all launches behind this one.
    private static SafeFileHandle Open(string path)
    {
        var opened = Libc.Open(path, Libc.OReadOnly | Libc.ONonBlock | Libc.OCloseOnExec, 0);
        return opened >= 0 ? new SafeFileHandle(opened, ownsHandle: true) : throw new FetchException(Libc.LastText());
    }

    private static string Explain(Exception failure) => failure switch
    {
        HttpRequestException { InnerException: AuthenticationException certificate } => $"the server's certificate was not accepted: {certificate.Message}",
        HttpRequestException { InnerException: { } inner } => inner.Message,
        FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
        UnauthorizedAccessException => "Permission denied",
        _ => failure.Message,
    };
}
