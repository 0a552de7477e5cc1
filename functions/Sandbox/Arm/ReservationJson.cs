using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Writes a reservation as learn.microsoft.com/rest/api/reserved-vm-instances/reservation/list-all shows it.</summary>
internal static class ReservationJson
{
    public static void Write(Utf8JsonWriter writer, ReservationSpec spec, int number, DateOnly today)
    {
        var id = SimulatedEstate.Identifier(5, number + 1);
        writer.WriteStartObject();
        writer.WriteString("id", $"/providers/microsoft.capacity/reservationOrders/{SimulatedEstate.Identifier(6, number + 1)}/reservations/{id}");
        writer.WriteString("type", "Microsoft.Capacity/reservationOrders/reservations");
        writer.WriteString("name", $"{SimulatedEstate.Identifier(6, number + 1)}/{id}");
        writer.WriteString("location", spec.Region);
        writer.WriteStartObject("sku");
        writer.WriteString("name", spec.Sku);
        writer.WriteEndObject();
        writer.WriteStartObject("properties");
        writer.WriteString("reservedResourceType", "VirtualMachines");
        writer.WriteString("instanceFlexibility", spec.IsFlexible ? "On" : "Off");
        writer.WriteString("displayName", spec.Name);
        writer.WriteString("appliedScopeType", spec.Scopes.Count == 0 ? "Shared" : "Single");
        if (spec.Scopes.Count > 0)
        {
            writer.WriteStartArray("appliedScopes");
            foreach (var scope in spec.Scopes)
            {
                writer.WriteStringValue(scope);
            }

            writer.WriteEndArray();
        }

        writer.WriteNumber("quantity", spec.Quantity);
        writer.WriteString("provisioningState", today > spec.EndsOn ? "Expired" : "Succeeded");
        writer.WriteString("expiryDate", spec.EndsOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("term", "P1Y");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
