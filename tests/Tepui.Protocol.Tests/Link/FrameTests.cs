using System.IO.Pipelines;
using Google.Protobuf;
using Tepui.Protocol.Link;
using ContainerID = Tepui.Protocol.V1.ContainerID;

namespace Tepui.Protocol.Tests.Link;

public sealed class FrameTests
{
    private static readonly MasterFrame[] Frames =
    [
        new() { Epoch = 1, Ping = new() { Connected = true } },
        new() { Epoch = 2, Shutdown = new() { Message = new string('x', 3000) } },
        new() { Epoch = 3, KillTask = new() { FrameworkId = new() { Value = "f" }, TaskId = new() { Value = "t" } } },
    ];

    [Fact]
    public async Task Reader_EverySplit_GivesTheSameFrames()
    {
        var bytes = await Encoded();

        for (var split = 0; split <= bytes.Length; split++)
        {
            Assert.Equal(Frames, await ReadAll(bytes[..split], bytes[split..]));
        }
    }

    [Fact]
    public async Task Reader_ManyWrittenAtOnce_GivesThemInOneRead()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(await Encoded());
        var frames = new List<MasterFrame>();

        Assert.True(await new FrameReader<MasterFrame>(pipe.Reader).ReadAsync(frames, CancellationToken.None));

        Assert.Equal(Frames, frames);
    }

    [Fact]
    public async Task Reader_CutWithinAFrame_SaysSo()
    {
        var bytes = await Encoded();

        var error = await Assert.ThrowsAsync<FrameException>(() => ReadAll(bytes[..^1]));

        Assert.Contains("ended within a frame", error.Message);
    }

    [Fact]
    public async Task Reader_OverTheLimit_RefusesBeforeTheBytesCome()
    {
        var error = await Assert.ThrowsAsync<FrameException>(() => ReadAll([0xff, 0xff, 0xff, 0xff]));

        Assert.Contains("4294967295 bytes is larger than the limit of 67108864 bytes", error.Message);
    }

    [Fact]
    public async Task Reader_GarbageInAFrame_SaysItIsMalformed()
    {
        var error = await Assert.ThrowsAsync<FrameException>(() => ReadAll([0, 0, 0, 2, 0xff, 0xff]));

        Assert.Contains("malformed", error.Message);
    }

    [Fact]
    public async Task Reader_RequiredFieldMissing_NamesIt()
    {
        var error = await Assert.ThrowsAsync<FrameException>(() => ReadAll([0, 0, 0, 0]));

        Assert.Contains("Missing required fields: epoch", error.Message);
    }

    [Fact]
    public void Codec_NestedDeeperThanTheParserGoes_IsMalformedNotACrash()
    {
        var id = new ContainerID { Value = "x" };
        for (var i = 0; i < 200; i++)
        {
            id = new ContainerID { Value = "x", Parent = id };
        }

        Assert.False(ProtobufCodec.TryParse<ContainerID>(id.ToByteArray(), out _, out var problem));
        Assert.Contains("too many levels of nesting", problem);
    }

    [Fact]
    public void Writer_OverTheLimit_WritesNothing()
    {
        var pipe = new Pipe();
        var writer = new FrameWriter<MasterFrame>(pipe.Writer, maxFrame: 100);

        Assert.Throws<FrameException>(() => writer.Write(Frames[1]));

        Assert.Equal(0, pipe.Writer.UnflushedBytes);
    }

    private static async Task<byte[]> Encoded()
    {
        var stream = new MemoryStream();
        var writer = new FrameWriter<MasterFrame>(PipeWriter.Create(stream));
        foreach (var frame in Frames)
        {
            writer.Write(frame);
        }

        Assert.True(await writer.FlushAsync(CancellationToken.None));
        return stream.ToArray();
    }

    private static async Task<List<MasterFrame>> ReadAll(params byte[][] parts)
    {
        var pipe = new Pipe();
        var reader = new FrameReader<MasterFrame>(pipe.Reader);
        var frames = new List<MasterFrame>();
        var reading = Task.Run(async () =>
        {
            while (await reader.ReadAsync(frames, CancellationToken.None))
            {
            }
        });
        foreach (var part in parts)
        {
            await pipe.Writer.WriteAsync(part);
        }

        await pipe.Writer.CompleteAsync();
        await reading;
        return frames;
    }
}
