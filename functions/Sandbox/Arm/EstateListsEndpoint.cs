using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Lists what stands around resources: groups, deny assignments, what Advisor says, reservations.</summary>
internal sealed class EstateListsEndpoint(SimulatedEstate estate, TimeProvider clock)
{
    public SandboxAnswer ResourceGroups(RequestRoute route) => List(route, writer =>
    {
        foreach (var group in estate.Hierarchy.ResourceGroupsOf(route.Subscription))
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

    /// <summary>Of the filters Advisor has, the sandbox knows that of a category.</summary>
    public SandboxAnswer Advice(SandboxRequest request, RequestRoute route) => request.Parameter("$filter") is { } filter && filter != "Category eq 'Cost'"
        ? SandboxAnswer.Error(400, "InvalidFilter", "The sandbox knows the filter Category eq 'Cost' only.")
        : List(route, writer => Write(writer, estate.Spec.Advice, route.Subscription));

    /// <summary>All of the tenant: they belong to no subscription.</summary>
    public SandboxAnswer Reservations() => SandboxAnswer.Json(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        foreach (var entry in estate.Spec.Reservations)
        {
            using var document = JsonDocument.Parse(entry);
            document.RootElement.WriteTo(writer);
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        for (var number = 0; number < estate.Spec.Reserved.Count; number++)
        {
            ReservationJson.Write(writer, estate.Spec.Reserved[number], number, today);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

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
