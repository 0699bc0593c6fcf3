namespace Tepui.Sdk.Http;

/// <summary>What came back for one call.</summary>
/// <param name="Status">HTTP status; 0 when no answer came, so that it is unknown whether the call was obeyed.</param>
/// <param name="Body">Text of the answer, or why none came.</param>
public readonly record struct CallAnswer(int Status, string Body)
{
    /// <summary>Whether the call was taken (202, or 200 for the few that answer so).</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}
