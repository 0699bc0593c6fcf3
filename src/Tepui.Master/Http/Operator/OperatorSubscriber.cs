using Tepui.Runtime.Http;

namespace Tepui.Master.Http.Operator;

/// <summary>One operator's stream. Events that follow its snapshot wait until the snapshot is written, which happens outside the loop because it is large.</summary>
internal sealed class OperatorSubscriber(EventStream stream)
{
    private readonly Lock _gate = new();
    private List<StreamRecord>? _held = [];

    /// <summary>Where events go.</summary>
    public EventStream Stream => stream;

    /// <summary>Sends an event, or holds it while the snapshot is in the making.</summary>
    public void Publish(StreamRecord record)
    {
        lock (_gate)
        {
            if (_held is null)
            {
                stream.TryEnqueue(record);
            }
            else
            {
                _held.Add(record);
            }
        }
    }

    /// <summary>Sends the first events, then what was held.</summary>
    public void Begin(params ReadOnlySpan<StreamRecord> first)
    {
        lock (_gate)
        {
            foreach (var record in first)
            {
                stream.TryEnqueue(record);
            }

            foreach (var record in _held ?? [])
            {
                stream.TryEnqueue(record);
            }

            _held = null;
        }
    }
}
