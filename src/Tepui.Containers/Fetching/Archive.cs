using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.BZip2;
using Task = System.Threading.Tasks.Task;

namespace Tepui.Containers.Fetching;

/// <summary>Unpacks archives by the suffix of their name, always into the sandbox's root.</summary>
internal static class Archive
{
    private const UnixFileMode Default = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const int TypeMask = 0xF000;
    private const int TypeLink = 0xA000;

    private static readonly string[] Suffixes = [".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz", ".zip", ".gz"];

    /// <summary>Whether a file of this name is unpacked.</summary>
    public static bool IsArchive(string name) => Suffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>Unpacks it; the archive stays.</summary>
    /// <exception cref="FetchException">It is damaged, or holds something that would leave the sandbox.</exception>
    public static async Task ExtractAsync(string path, SandboxWriter writer, CancellationToken cancel)
    {
        try
        {
            await Task.Run(() => UnpackAsync(path, writer, cancel), cancel);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or SharpZipBaseException or FormatException or NotSupportedException)
        {
            throw new FetchException($"failed to extract '{Path.GetFileName(path)}': {damaged.Message}", damaged);
        }
    }

    private static async Task UnpackAsync(string path, SandboxWriter writer, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        switch (path)
        {
            case var _ when path.EndsWith(".zip", StringComparison.Ordinal):
                await UnzipAsync(file, writer, cancel);
                break;
            case var _ when path.EndsWith(".tar", StringComparison.Ordinal):
                await UntarAsync(file, writer, cancel);
                break;
            case var _ when path.EndsWith(".tgz", StringComparison.Ordinal) || path.EndsWith(".tar.gz", StringComparison.Ordinal):
                await using (var gzip = new GZipStream(file, CompressionMode.Decompress))
                {
                    await UntarAsync(gzip, writer, cancel);
                }

                break;
            case var _ when path.EndsWith(".tbz2", StringComparison.Ordinal) || path.EndsWith(".tar.bz2", StringComparison.Ordinal):
                await using (var bzip2 = new BZip2InputStream(file))
                {
                    await UntarAsync(bzip2, writer, cancel);
                }

                break;
            case var _ when path.EndsWith(".txz", StringComparison.Ordinal) || path.EndsWith(".tar.xz", StringComparison.Ordinal):
                await UnxzAsync(path, writer, cancel);
                break;
            default:
                await GunzipAsync(file, Path.GetFileName(path)[..^".gz".Length], writer, cancel);
                break;
        }
    }

    private static async Task UntarAsync(Stream stream, SandboxWriter writer, CancellationToken cancel)
    {
        await using var tar = new TarReader(stream, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            switch (entry.EntryType)
            {
                case TarEntryType.Directory or TarEntryType.DirectoryList:
                    writer.CreateDirectory(entry.Name, entry.Mode);
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.SparseFile:
                    await using (var file = writer.CreateFile(entry.Name, entry.Mode))
                    {
                        if (entry.DataStream is { } data)
                        {
                            await data.CopyToAsync(file, cancel);
                        }
                    }

                    break;
                case TarEntryType.SymbolicLink:
                    writer.CreateLink(entry.Name, entry.LinkName);
                    break;
                case TarEntryType.HardLink:
                    writer.CreateHardLink(entry.Name, entry.LinkName);
                    break;
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                default:
                    throw new FetchException($"the archive holds '{entry.Name}' of type {entry.EntryType}; only files, directories and links are allowed");
            }
        }
    }

    private static async Task UnzipAsync(Stream stream, SandboxWriter writer, CancellationToken cancel)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            var mode = entry.ExternalAttributes >> 16;
            var permissions = (UnixFileMode)(mode & 0x1FF);
            if (entry.FullName.EndsWith('/'))
            {
                writer.CreateDirectory(entry.FullName, permissions == UnixFileMode.None ? Default : permissions);
                continue;
            }

            await using var data = await entry.OpenAsync(cancel);
            if ((mode & TypeMask) == TypeLink)
            {
                using var reader = new StreamReader(data);
                writer.CreateLink(entry.FullName, await reader.ReadToEndAsync(cancel));
                continue;
            }

            await using var file = writer.CreateFile(entry.FullName, permissions == UnixFileMode.None ? Default : permissions);
            await data.CopyToAsync(file, cancel);
        }
    }

    private static async Task GunzipAsync(Stream stream, string name, SandboxWriter writer, CancellationToken cancel)
    {
        await using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        await using var file = writer.CreateFile(name, Default);
        await gzip.CopyToAsync(file, cancel);
    }

    /// <summary>By the system's <c>xz</c>, for .NET has no decoder of its own.</summary>
    private static async Task UnxzAsync(string path, SandboxWriter writer, CancellationToken cancel)
    {
        Process xz;
        try
        {
            xz = Process.Start(new ProcessStartInfo("xz", ["-dc", "--", path]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new FetchException($"extracting '{Path.GetFileName(path)}' needs the program xz: {missing.Message}", missing);
        }

        using (xz)
        {
            xz.StandardInput.Close();
            var complaint = xz.StandardError.ReadToEndAsync(cancel);
            try
            {
                await UntarAsync(xz.StandardOutput.BaseStream, writer, cancel);
            }
            catch
            {
                xz.Kill();
                throw;
            }

            await xz.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancel);
            await xz.WaitForExitAsync(cancel);
            if (xz.ExitCode != 0)
            {
                throw new InvalidDataException((await complaint).Trim());
            }
        }
    }
}
