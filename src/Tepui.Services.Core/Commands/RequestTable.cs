namespace Tepui.Services.Core.Commands;

/// <summary>Requests carried out under an idempotency key.</summary>
internal sealed class RequestTable
{
}
