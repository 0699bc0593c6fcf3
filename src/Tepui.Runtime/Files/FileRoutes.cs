using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Files;

/// <summary>The routes below <c>/files</c>.</summary>
/// <param name="files">What they show.</param>
public sealed class FileRoutes(VirtualFiles files)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>Adds the routes.</summary>
    public void Map(MesosRouter router)
    {
        foreach (var suffix in new[] { "", ".json" })
        {
            router.MapGlobal("/files/browse" + suffix, BrowseAsync);
            router.MapGlobal("/files/read" + suffix, ReadAsync);
            router.MapGlobal("/files/download" + suffix, DownloadAsync);
            router.MapGlobal("/files/debug" + suffix, DebugAsync);
        }
    }

    private async Task BrowseAsync(HttpContext context)
    {
        if (await PathAsync(context) is not { } path)
        {
            return;
        }

        if (FileReads.List(files, path) is not { } list)
        {
            await Answer.EmptyErrorAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        await Answer.JsonAsync(context, output =>
        {
            using var json = new Utf8JsonWriter(output, Json);
            json.WriteStartArray();
            foreach (var status in list)
            {
                Write(json, status);
            }

            json.WriteEndArray();
        });
    }

    private async Task ReadAsync(HttpContext context)
    {
        if (await PathAsync(context) is not { } path)
        {
            return;
        }

        if (!TryNumber(context, "offset", out var offset, out var problem) || !TryNumber(context, "length", out var length, out problem))
        {
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        if (await PlainFileAsync(context, path, "Cannot read a directory.\n") is not { } real)
        {
            return;
        }

        // Without an offset only the size is asked for.
        var sizeOnly = offset is null;
        if (await FileReads.ReadAsync(real, offset ?? 0, sizeOnly ? 0 : length, context.RequestAborted) is not var (size, data))
        {
            await Answer.EmptyErrorAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        await Answer.JsonAsync(context, output =>
        {
            using var json = new Utf8JsonWriter(output, Json);
            json.WriteStartObject();
            json.WriteString("data"u8, Encoding.UTF8.GetString(WholeCharacters(data)));
            json.WriteNumber("offset"u8, offset ?? size);
            json.WriteEndObject();
        });
    }

    private async Task DownloadAsync(HttpContext context)
    {
        if (await PathAsync(context) is not { } path || await PlainFileAsync(context, path, "Cannot download a directory.\n") is not { } real)
        {
            return;
        }

        await using var file = FileReads.TryOpen(real);
        if (file is null)
        {
            await Answer.EmptyErrorAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        var name = Path.GetFileName(path.TrimEnd('/'));
        context.Response.ContentType = ContentTypes.TryGetContentType(name, out var type) ? type : "application/octet-stream";
        context.Response.Headers.ContentDisposition = "attachment; filename=" + new string([.. name.Select(c => c is > ' ' and < (char)127 and not '"' and not ';' ? c : '_')]);

        // A file that grows meanwhile is sent up to the size announced.
        var length = file.Length;
        context.Response.ContentLength = length;
        await SendAsync(context, file, length);
    }

    private Task DebugAsync(HttpContext context) => Answer.JsonAsync(context, output =>
    {
        using var json = new Utf8JsonWriter(output, Json);
        json.WriteStartObject();
        foreach (var (shown, real) in files.Attached.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteString(shown, real);
        }

        json.WriteEndObject();
    });

    private async Task<string?> PlainFileAsync(HttpContext context, string path, string ifDirectory)
    {
        if (files.Resolve(path) is not { } real)
        {
            await Answer.EmptyErrorAsync(context, StatusCodes.Status404NotFound);
            return null;
        }

        if (Directory.Exists(real))
        {
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, ifDirectory);
            return null;
        }

        return real;
    }

    private static async Task SendAsync(HttpContext context, FileStream file, long length)
    {
        var buffer = new byte[Math.Min(length, 64 * 1024)];
        while (length > 0)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), context.RequestAborted);
            if (read == 0)
            {
                // The file was cut while it was sent: the client must not take what it got for all of it.
                context.Abort();
                return;
            }

            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            length -= read;
        }
    }

    private static async Task<string?> PathAsync(HttpContext context)
    {
        var path = context.Request.Query["path"].ToString();
        if (path.Length > 0)
        {
            return path;
        }

        await Answer.TextAsync(context, StatusCodes.Status400BadRequest, "Expecting 'path=value' in query.\n");
        return null;
    }

    private static bool TryNumber(HttpContext context, string name, out long? number, out string problem)
    {
        problem = "";
        number = null;
        var text = context.Request.Query[name].ToString();
        if (text.Length == 0)
        {
            return true;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            problem = $"Failed to parse {name}: Failed to convert '{text}' to number.\n";
            return false;
        }

        if (value < -1)
        {
            problem = $"Negative {name} provided: {value}.\n";
            return false;
        }

        number = value < 0 ? null : value;
        return true;
    }

    private static void Write(Utf8JsonWriter json, FileStatus status)
    {
        json.WriteStartObject();
        json.WriteString("gid"u8, status.Group);
        json.WriteString("mode"u8, status.ModeText);
        json.WritePropertyName("mtime"u8);
        json.WriteRawValue(status.Modified.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + ".0");
        json.WriteNumber("nlink"u8, status.Links);
        json.WriteString("path"u8, status.Path);
        json.WriteNumber("size"u8, status.Size);
        json.WriteString("uid"u8, status.User);
        json.WriteEndObject();
    }

    /// <summary>Leaves out the bytes of a character that was cut by the end of the read: the next read has all of it.</summary>
    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> data)
    {
        for (var back = 1; back <= Math.Min(3, data.Length - 1); back++)
        {
            var lead = data[^back];
            if ((lead & 0xC0) == 0x80)
            {
                continue;
            }

            var needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
            return needed > back ? data[..^back] : data;
        }

        return data;
    }
}
