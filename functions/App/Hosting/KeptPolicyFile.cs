namespace ScaleFunctions.App.Hosting;

/// <summary>One policy file.</summary>
/// <param name="Name">Its path as messages name it.</param>
/// <param name="Content">Its bytes, in base 64: what is kept is what was read.</param>
internal sealed record KeptPolicyFile(string Name, string Content);
