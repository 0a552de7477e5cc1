using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What taking an action back comes to, or came to.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Undoes">The action that is taken back.</param>
/// <param name="Action">The action that takes it back; absent when nothing was sent.</param>
/// <param name="From">Instances there are.</param>
/// <param name="Goal">Instances that are asked for.</param>
/// <param name="Before">Instances there were before the action.</param>
/// <param name="Text">Why, and what limits it.</param>
/// <param name="Warnings">What a person should know first.</param>
/// <param name="Holds">What rests afterwards: <c>scale out</c> or <c>scale in</c>.</param>
/// <param name="HeldUntil">Until when.</param>
/// <param name="Trouble">What Azure answered, when it did not plainly take it; empty when it did, or nothing was sent.</param>
internal sealed record RollbackView(
    string Target, string Undoes, string? Action, int From, int Goal, int Before, string Text, IReadOnlyList<string> Warnings, string Holds,
    DateTimeOffset HeldUntil, string Trouble)
{
    public static RollbackView Of(string target, long undoes, RollbackPreview preview, RollbackResult.Sent? sent = null) => new(
        target,
        $"{new ActionId(target, undoes)}",
        sent is null ? null : $"{new ActionId(target, sent.Epoch)}",
        preview.From,
        preview.Goal,
        preview.Before,
        preview.Text,
        preview.Warnings,
        preview.HoldsRaises ? "scale out" : "scale in",
        preview.HeldUntil,
        sent?.Trouble ?? "");
}
