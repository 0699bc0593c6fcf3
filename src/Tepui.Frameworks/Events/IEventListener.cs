namespace Tepui.Frameworks.Events;

/// <summary>Hears of events.</summary>
public interface IEventListener
{
    /// <summary>Takes an event; does not wait.</summary>
    public void Hear(EventText text);
}
