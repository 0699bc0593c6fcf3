using Google.Protobuf;

namespace Tepui.Testing.Simulation.Network;

/// <summary>What goes over a connection. Messages travel as bytes, so that nobody shares objects with a peer.</summary>
/// <param name="Message">The message, if any.</param>
/// <param name="Tag">What goes with it: a stream's id, or the status of an answer.</param>
internal readonly record struct Packet(IMessage? Message, string Tag = "")
{
    /// <summary>The same, taken apart and put together again.</summary>
    public Func<Packet> Freeze()
    {
        if (Message is null)
        {
            var same = this;
            return () => same;
        }

        var (bytes, parser, tag) = (Message.ToByteString(), Message.Descriptor.Parser, Tag);
        return () => new(parser.ParseFrom(bytes), tag);
    }
}
