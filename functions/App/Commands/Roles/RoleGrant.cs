namespace ScaleFunctions.App.Commands.Roles;

/// <summary>Actions of Azure, and what they are needed for.</summary>
/// <param name="Because">One sentence.</param>
/// <param name="Parameter">The parameter of the template that gives them; absent when they are always given.</param>
/// <param name="Actions">For example <c>Microsoft.Web/serverfarms/write</c>.</param>
internal sealed record RoleGrant(string Because, string? Parameter, IReadOnlyList<string> Actions);
