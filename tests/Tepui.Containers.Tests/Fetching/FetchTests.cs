using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tepui.Containers.Fetching;
using Tepui.Containers.Native;
using Tepui.Protocol.V1;
using Task = System.Threading.Tasks.Task;

namespace Tepui.Containers.Tests.Fetching;

public sealed class FetchTests : IAsyncLifetime
{
    private readonly string _sandbox = Directory.CreateTempSubdirectory("tepui-fetch-").FullName;
    private readonly string _sources = Directory.CreateTempSubdirectory("tepui-fetch-").FullName;
    private readonly Dictionary<string, byte[]> _served = new(StringComparer.Ordinal);
    private WebApplication _server = null!;
    private string _address = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            if (path == "/moved")
            {
                context.Response.Redirect("/plain.txt");
            }
            else if (path == "/stalls")
            {
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("x");
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
            else if (path == "/breaks")
            {
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("x");
                await context.Response.Body.FlushAsync();
                context.Abort();
            }
            else if (_served.TryGetValue(path, out var bytes))
            {
                await context.Response.Body.WriteAsync(bytes);
            }
            else
            {
                context.Response.StatusCode = 404;
            }
        });
        await _server.StartAsync();
        _address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _served["/plain.txt"] = "plain\n"u8.ToArray();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_sandbox, recursive: true);
        Directory.Delete(_sources, recursive: true);
    }

    [Fact]
    public async Task Http_File_IsPutUnderItsOwnName()
    {
        await FetchAsync(new CommandInfo.Types.URI { Value = $"  {_address}/plain.txt?x=1" });

        Assert.Equal("plain\n", Read("plain.txt"));
        Assert.False(IsExecutable("plain.txt"));
    }

    [Fact]
    public async Task Http_Redirect_IsFollowed()
    {
        await FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/moved", OutputFile = "a/b/c.txt" });

        Assert.Equal("plain\n", Read("a/b/c.txt"));
    }

    [Fact]
    public async Task Executable_Archive_IsMadeExecutableAndNotExtracted()
    {
        _served["/tool.tar"] = "not a tar"u8.ToArray();

        await FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/tool.tar", Executable = true });

        Assert.Equal("not a tar", Read("tool.tar"));
        Assert.True(IsExecutable("tool.tar"));
    }

    [Fact]
    public async Task NoExtract_Archive_IsOnlyCopied()
    {
        _served["/a.tar"] = await TarAsync(("x", "1"));

        await FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/a.tar", Extract = false });

        Assert.True(File.Exists(Path.Combine(_sandbox, "a.tar")));
        Assert.False(File.Exists(Path.Combine(_sandbox, "x")));
    }

    [Theory]
    [InlineData("a.tar", "")]
    [InlineData("a.tgz", "gzip")]
    [InlineData("a.tar.gz", "gzip")]
    [InlineData("a.tbz2", "bzip2")]
    [InlineData("a.tar.bz2", "bzip2")]
    [InlineData("a.txz", "xz")]
    [InlineData("a.tar.xz", "xz")]
    public async Task Tar_OfAnyCompression_IsUnpackedIntoTheRoot(string name, string compressor)
    {
        _served["/" + name] = await CompressAsync(await TarAsync(("bin/tool", "#!/bin/sh\n"), ("data/deep/x", "1")), compressor);

        await FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/{name}", OutputFile = $"sub/{name}" });

        Assert.Equal("#!/bin/sh\n", Read("bin/tool"));
        Assert.Equal("1", Read("data/deep/x"));
        Assert.True(IsExecutable("bin/tool"));
        Assert.True(File.Exists(Path.Combine(_sandbox, "sub", name)));
    }

    [Fact]
    public async Task Zip_IsUnpackedWithModesAndLinks()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "d/run.sh", "#!", 0b1000_000_111_101_101 << 16);
            Add(zip, "plain", "p", 0);
            Add(zip, "link", "d/run.sh", (0xA000 | 0x1FF) << 16);
        }

        _served["/a.zip"] = bytes.ToArray();
        await FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/a.zip" });

        Assert.True(IsExecutable("d/run.sh"));
        Assert.Equal("p", Read("plain"));
        Assert.Equal("d/run.sh", new System.IO.FileInfo(Path.Combine(_sandbox, "link")).LinkTarget);
    }

    [Fact]
    public async Task Gzip_OfASingleFile_LosesItsSuffix()
    {
        _served["/words.gz"] = await CompressAsync("words"u8.ToArray(), "gzip");

        await FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/words.gz" });

        Assert.Equal("words", Read("words"));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/tmp/escape")]
    [InlineData("a/../../escape")]
    public async Task Archive_WithAPathThatLeadsOut_IsRefused(string entry)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, entry, "x", 0);
        }

        _served["/evil.zip"] = bytes.ToArray();
        _served["/evil.tar"] = await TarAsync((entry, "x"));

        foreach (var name in new[] { "evil.zip", "evil.tar" })
        {
            var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/{name}" }));
            Assert.Contains("outside the sandbox", failure.Message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(_sandbox)!, "escape")));
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("../..")]
    [InlineData("a/../../x")]
    public async Task Archive_WithALinkThatLeadsOut_IsRefused(string target)
    {
        _served["/evil.tar"] = await TarAsync(writer => writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "way") { LinkName = target }));

        var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/evil.tar" }));

        Assert.Contains("outside the sandbox", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archive_ThatWritesThroughALink_IsRefused()
    {
        _served["/evil.tar"] = await TarAsync(static writer =>
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "dir"));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "way") { LinkName = "dir" });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "way/x"));
        });

        var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/evil.tar" }));

        Assert.Contains("through the link", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.tar.gz")]
    [InlineData("a.tar.bz2")]
    [InlineData("a.tar.xz")]
    [InlineData("a.zip")]
    [InlineData("a.gz")]
    public async Task Archive_ThatIsDamaged_FailsAndIsNamed(string name)
    {
        _served["/" + name] = "this is no archive at all, whatever its name says"u8.ToArray();

        var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/{name}" }));

        Assert.StartsWith($"Failed to fetch '{_address}/{name}': failed to extract '{name}': ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LocalFile_ByPathOrUri_IsCopied()
    {
        var path = Path.Combine(_sources, "with space.txt");
        await File.WriteAllTextAsync(path, "local");

        await FetchAsync(
            new CommandInfo.Types.URI { Value = path },
            new CommandInfo.Types.URI { Value = "file://" + path.Replace(" ", "%20", StringComparison.Ordinal), OutputFile = "second" },
            new CommandInfo.Types.URI { Value = "file://localhost" + path, OutputFile = "third" });

        Assert.Equal("local", Read("with space.txt"));
        Assert.Equal("local", Read("second"));
        Assert.Equal("local", Read("third"));
    }

    [Fact]
    public async Task LocalFile_PipeNobodyWritesTo_IsRefusedAtOnce()
    {
        var pipe = Path.Combine(_sources, "pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync();
        }

        var failure = await Assert.ThrowsAsync<FetchException>(() => Task.Run(() => FetchAsync(new CommandInfo.Types.URI { Value = pipe })).WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Contains("it is no plain file", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RelativePath_WithFrameworksHome_IsTakenFromThere()
    {
        await File.WriteAllTextAsync(Path.Combine(_sources, "x"), "home");

        await FetchAsync(_sources, null, new CommandInfo.Types.URI { Value = "x" });

        Assert.Equal("home", Read("x"));
    }

    [Theory]
    [InlineData("x/y", "frameworks home was not specified")]
    [InlineData("ftp://host/x", "scheme 'ftp' is not supported; http, https and file are")]
    [InlineData("http://127.0.0.1:1", "no path that would give the file a name")]
    [InlineData("http://127.0.0.1:1/x", "Connection refused")]
    [InlineData("file:x", "frameworks home was not specified")]
    [InlineData("file://x", "must hold an absolute path")]
    [InlineData("/no/such/file", "No such file or directory")]
    [InlineData("/dev/null", "it is no plain file")]
    [InlineData("/etc", "it is a directory")]
    [InlineData("/tmp/it's", "single quote")]
    [InlineData("  ", "it is empty")]
    public async Task Uri_ThatCannotBeFetched_IsNamedWithTheCause(string uri, string cause)
    {
        var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(new CommandInfo.Types.URI { Value = uri }));

        Assert.StartsWith($"Failed to fetch '{uri.TrimStart()}': ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cause, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/abs")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("dir/")]
    public async Task OutputFile_OutsideTheSandbox_IsRefused(string output)
    {
        var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/plain.txt", OutputFile = output }));

        Assert.Contains($"its output_file '{output}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_AnyStatusButOk_FailsWithIt()
    {
        var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/missing" }));

        Assert.Equal($"Failed to fetch '{_address}/missing': the server answered 404 Not Found; only 200 is accepted", failure.Message);
    }

    [Fact]
    public async Task Http_ThatStalls_FailsAfterTheTimeout()
    {
        var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/stalls" }));

        Assert.Contains("nothing came from the server", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_ThatBreaksOff_Fails() =>
        await Assert.ThrowsAsync<FetchException>(() => FetchAsync(new CommandInfo.Types.URI { Value = $"{_address}/breaks" }));

    [RootFact]
    public async Task LocalFile_ThatTheUserMayNotRead_IsRefused()
    {
        var secret = Path.Combine(_sources, "secret");
        await File.WriteAllTextAsync(secret, "s");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead);

        var failure = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(null, Nobody(), new CommandInfo.Types.URI { Value = secret }));

        Assert.Equal($"Failed to fetch '{secret}': Permission denied", failure.Message);
    }

    [RootFact]
    public async Task Everything_Fetched_BelongsToTheUser()
    {
        _served["/a.tar"] = await TarAsync(("d/x", "1"));

        await FetchAsync(null, Nobody(), new CommandInfo.Types.URI { Value = $"{_address}/a.tar", OutputFile = "in/a.tar" });

        using var stat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("find", [_sandbox, "-mindepth", "1", "!", "-user", "nobody"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        Assert.Equal("", await stat.StandardOutput.ReadToEndAsync());
        Assert.Equal("1", Read("d/x"));
    }

    private static UserIdentity Nobody() => new Users(TimeProvider.System).Resolve("nobody")!;

    private static void Add(ZipArchive zip, string name, string content, int attributes)
    {
        var entry = zip.CreateEntry(name);
        entry.ExternalAttributes = attributes;
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }

    private static Task<byte[]> TarAsync(params (string Name, string Content)[] files) => TarAsync(writer =>
    {
        foreach (var (name, content) in files)
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                Mode = (UnixFileMode)0b111_101_101,
            });
        }
    });

    private static async Task<byte[]> TarAsync(Action<TarWriter> write)
    {
        using var bytes = new MemoryStream();
        await using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            write(writer);
        }

        return bytes.ToArray();
    }

    private async Task<byte[]> CompressAsync(byte[] bytes, string program)
    {
        if (program.Length == 0)
        {
            return bytes;
        }

        var path = Path.Combine(_sources, Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(path, bytes);
        if (program == "bzip2")
        {
            using var compressed = new MemoryStream();
            await using (var bzip2 = new ICSharpCode.SharpZipLib.BZip2.BZip2OutputStream(compressed) { IsStreamOwner = false })
            {
                bzip2.Write(bytes);
            }

            return compressed.ToArray();
        }

        using var process = System.Diagnostics.Process.Start(program, [path]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return await File.ReadAllBytesAsync(path + (program == "gzip" ? ".gz" : ".xz"));
    }

    private Task FetchAsync(params CommandInfo.Types.URI[] uris) => FetchAsync(null, null, uris);

    private async Task FetchAsync(string? home, UserIdentity? owner, params CommandInfo.Types.URI[] uris)
    {
        var stall = uris[0].Value.EndsWith("/stalls", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(300) : Machine.Limit;
        using var fetcher = new Fetcher(new() { WorkDirectory = _sandbox, FrameworksHome = home, FetchStallTimeout = stall }, TimeProvider.System);
        await fetcher.FetchAsync(uris, _sandbox, owner, CancellationToken.None);
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_sandbox, name));

    private bool IsExecutable(string name) => (File.GetUnixFileMode(Path.Combine(_sandbox, name)) & UnixFileMode.UserExecute) != UnixFileMode.None;
}
