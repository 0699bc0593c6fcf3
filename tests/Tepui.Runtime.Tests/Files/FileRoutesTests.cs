using System.Diagnostics;
using System.Text.Json;
using Tepui.Runtime.Files;
using Tepui.Runtime.Http;
using Tepui.Runtime.Tests.Http;

namespace Tepui.Runtime.Tests.Files;

public sealed class FileRoutesTests : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("tepui-files-").FullName;
    private readonly VirtualFiles _files = new();
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        var sandbox = Directory.CreateDirectory(Path.Combine(_root, "sandbox")).FullName;
        Directory.CreateDirectory(Path.Combine(sandbox, "inner"));
        await File.WriteAllTextAsync(Path.Combine(sandbox, "stdout"), "started\n");
        await File.WriteAllTextAsync(Path.Combine(_root, "secret"), "secret");
        File.CreateSymbolicLink(Path.Combine(sandbox, "leak"), Path.Combine(_root, "secret"));
        File.CreateSymbolicLink(Path.Combine(sandbox, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(sandbox, "fine"), "stdout");
        File.CreateSymbolicLink(Path.Combine(sandbox, "loop"), "loop");
        _files.Attach("/frameworks/f/latest", sandbox);
        var router = new MesosRouter("slave(1)");
        new FileRoutes(_files).Map(router);
        _server = await TestServer.StartAsync(router);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [InlineData("/files/read?path=/frameworks/f/latest/stdout&offset=0&length=500", "{\"data\":\"started\\n\",\"offset\":0}")]
    [InlineData("/files/read?path=/frameworks/f/latest/stdout", "{\"data\":\"\",\"offset\":8}")]
    [InlineData("/files/read?path=/frameworks/f/latest/stdout&offset=-1", "{\"data\":\"\",\"offset\":8}")]
    [InlineData("/files/read?path=/frameworks/f/latest/stdout&offset=99999999&length=10", "{\"data\":\"\",\"offset\":99999999}")]
    [InlineData("/files/read?path=/frameworks/f/latest/fine&offset=3&length=2", "{\"data\":\"rt\",\"offset\":3}")]
    [InlineData("/files/browse?path=/frameworks/f/latest/stdout", "[]")]
    [InlineData("/files/download?path=/frameworks/f/latest/stdout", "started\n")]
    public async Task Get_WhatIsThere_Answers(string path, string body) => Assert.Equal(body, await _server.Client.GetStringAsync(path));

    [Theory]
    [InlineData("/files/browse", 400, "Expecting 'path=value' in query.\n")]
    [InlineData("/files/browse?path=/nosuch", 404, "")]
    [InlineData("/files/read?path=/frameworks/f/latest&offset=0", 400, "Cannot read a directory.\n")]
    [InlineData("/files/download?path=/frameworks/f/latest", 400, "Cannot download a directory.\n")]
    [InlineData("/files/read?path=/frameworks/f/latest/stdout&offset=abc", 400, "Failed to parse offset: Failed to convert 'abc' to number.\n")]
    [InlineData("/files/read?path=/frameworks/f/latest/stdout&offset=-5", 400, "Negative offset provided: -5.\n")]
    [InlineData("/files/read?path=/frameworks/f/latest/leak&offset=0", 404, "")]
    [InlineData("/files/read?path=/frameworks/f/latest/../secret&offset=0", 404, "")]
    [InlineData("/files/read?path=/frameworks/f/latest/inner/../../secret&offset=0", 404, "")]
    [InlineData("/files/read?path=/frameworks/f/latest/up/secret&offset=0", 404, "")]
    [InlineData("/files/browse?path=/frameworks/f/latest/up", 404, "")]
    [InlineData("/files/read?path=/frameworks/f/latest/loop&offset=0", 404, "")]
    [InlineData("/files/read?path=/etc/passwd&offset=0", 404, "")]
    [InlineData("/files/read?path=%00&offset=0", 404, "")]
    [InlineData("/files/read?path=/frameworks/f/latest/std%00out&offset=0", 404, "")]
    public async Task Get_WhatIsNotToBeSeen_IsRefused(string path, int status, string body)
    {
        using var answer = await _server.Client.GetAsync(path);

        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Browse_Directory_ListsSortedWithOwnersAndModes()
    {
        using var document = JsonDocument.Parse(await _server.Client.GetStringAsync("/files/browse?path=/frameworks/f/latest"));
        var entries = document.RootElement.EnumerateArray().ToList();
        var stdout = entries.Single(e => e.GetProperty("path").GetString() == "/frameworks/f/latest/stdout");

        Assert.Equal(8, stdout.GetProperty("size").GetInt64());
        Assert.StartsWith("-rw", stdout.GetProperty("mode").GetString(), StringComparison.Ordinal);
        Assert.Equal(Environment.UserName, stdout.GetProperty("uid").GetString());
        Assert.Equal(["gid", "mode", "mtime", "nlink", "path", "size", "uid"], stdout.EnumerateObject().Select(p => p.Name));
        Assert.Equal(entries.Select(e => e.GetProperty("path").GetString()).Order(StringComparer.Ordinal), entries.Select(e => e.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Read_Pipe_DoesNotHang()
    {
        var pipe = Path.Combine(_root, "sandbox", "pipe");
        using var make = Process.Start("mkfifo", pipe);
        await make.WaitForExitAsync();

        using var answer = await _server.Client.GetAsync("/files/read?path=/frameworks/f/latest/pipe&offset=0");

        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Read_LongFile_Returns16PagesAtMostAndWholeCharacters()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "sandbox", "long"), "x" + string.Concat(Enumerable.Repeat("ä", 100_000)));

        var text = new System.Text.StringBuilder();
        for (long offset = 0; offset < 200_001;)
        {
            using var document = JsonDocument.Parse(await _server.Client.GetStringAsync($"/files/read?path=/frameworks/f/latest/long&offset={offset}"));
            var data = document.RootElement.GetProperty("data").GetString()!;
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(data), 1, 65_536);
            text.Append(data);
            offset += System.Text.Encoding.UTF8.GetByteCount(data);
        }

        Assert.Equal("x" + new string('ä', 100_000), text.ToString());
    }

    [Fact]
    public void Open_PathSwappedForALink_IsRefused()
    {
        var real = _files.Resolve("/frameworks/f/latest/stdout")!;
        File.Delete(real);
        File.CreateSymbolicLink(real, Path.Combine(_root, "secret"));

        Assert.Null(FileReads.TryOpen(real));
    }
}
