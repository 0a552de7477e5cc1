using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Lists what stands around resources in a subscription: groups, deny assignments.</summary>
internal sealed class EstateListsEndpoint(SimulatedEstate estate)
{
    public SandboxAnswer ResourceGroups(RequestRoute route) => List(route, writer =>
    {
        foreach (var group in estate.ResourceGroupsOf(route.Subscription))
        {
            writer.WriteStartObject();
            writer.WriteString("id", group.Id);
            writer.WriteString("name", group.Name);
            writer.WriteString("type", "Microsoft.Resources/resourceGroups");
            writer.WriteString("location", group.Region);
            if (group.ManagedBy is { } manager)
            {
                writer.WriteString("managedBy", manager);
            }

            writer.WriteStartObject("properties");
            writer.WriteString("provisioningState", ProvisioningStates.Succeeded);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    });

    public SandboxAnswer DenyAssignments(RequestRoute route) => List(route, writer => Write(writer, estate.Spec.DenyAssignments, route.Subscription));

    private SandboxAnswer List(RequestRoute route, Action<Utf8JsonWriter> write) =>
        ResourcesEndpoint.CheckScope(estate, route) ?? SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            write(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<string> entries, string subscription)
    {
        foreach (var entry in entries)
        {
            using var document = JsonDocument.Parse(entry);
            if (document.RootElement.GetProperty("id").GetString()!.StartsWith($"/subscriptions/{subscription}/", StringComparison.OrdinalIgnoreCase))
            {
                document.RootElement.WriteTo(writer);
            }
        }
    }
}
