namespace Tepui.Services.Events;

/// <summary>Hears of events.</summary>
internal interface IEventListener
{
    /// <summary>Takes an event; does not wait.</summary>
    public void Hear(EventText text);
}
