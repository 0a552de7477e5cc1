using System.Text.Json;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands.Roles;

/// <summary>What an identity needs, as <c>bicep/roles</c> has it: the template deploys the same file.</summary>
/// <param name="Name">Of the role.</param>
/// <param name="Description">For who reads it in Azure.</param>
/// <param name="Scope">Where it is assigned: <c>subscription</c> or <c>resourceGroup</c>.</param>
/// <param name="Grants">What it may do, and why.</param>
internal sealed record RoleFile(string Name, string Description, string Scope, IReadOnlyList<RoleGrant> Grants)
{
    /// <summary>The parameter of the template under which machines may get another size.</summary>
    public const string Resize = "resizeMachines";

    public static RoleFile Read(string name)
    {
        using var stream = typeof(RoleFile).Assembly.GetManifestResourceStream($"roles/{name}.json")
            ?? throw new InvalidOperationException($"there is no role {name}");
        return JsonSerializer.Deserialize(stream, RoleJson.Default.RoleFile)!;
    }

    /// <summary>The grants that policies need: those that wait for no parameter or one that is given, and one for each declared kind.</summary>
    /// <param name="parameters">Parameters of the template that are on.</param>
    /// <param name="kinds">Kinds that policies declare.</param>
    /// <param name="isActing">Whether they are written, too.</param>
    public IReadOnlyList<RoleGrant> Given(IReadOnlyCollection<string> parameters, IEnumerable<ResourceKindPolicy> kinds, bool isActing) =>
    [
        .. Grants.Where(grant => grant.Parameter is null || parameters.Contains(grant.Parameter)),
        .. kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal).Select(kind => new RoleGrant(
            $"The policies declare the kind {kind.Name}.", null,
            isActing ? [$"{kind.ResourceType}/read", $"{kind.ResourceType}/write"] : [$"{kind.ResourceType}/read"])),
    ];
}
