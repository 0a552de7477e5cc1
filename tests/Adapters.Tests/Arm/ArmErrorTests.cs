using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Actions;

namespace ScaleFunctions.Adapters.Tests.Arm;

public sealed class ArmErrorTests
{
    [Theory]
    [InlineData(409, "AllocationFailed", "", FailureClass.Capacity)]
    [InlineData(409, "ZonalAllocationFailed", "", FailureClass.Capacity)]
    [InlineData(409, "OverconstrainedAllocationRequest", "", FailureClass.Capacity)]
    [InlineData(409, "OverconstrainedZonalAllocationRequest", "", FailureClass.Capacity)]
    [InlineData(400, "SkuNotAvailable", "", FailureClass.Capacity)]
    [InlineData(403, "QuotaExceeded", "", FailureClass.Quota)]
    [InlineData(409, "OperationNotAllowed", "Operation could not be completed as it results in exceeding approved Total Regional Cores quota.", FailureClass.Quota)]
    [InlineData(400, "OperationNotAllowed", "The regional core limit was reached.", FailureClass.Quota)]
    [InlineData(400, "OperationNotAllowed", "This size does not support the feature.", FailureClass.Invalid)]
    [InlineData(409, "OperationNotAllowed", "Another operation is running.", FailureClass.Conflict)]
    [InlineData(403, "AuthorizationFailed", "", FailureClass.Forbidden)]
    [InlineData(400, "LinkedAuthorizationFailed", "", FailureClass.Forbidden)]
    [InlineData(409, "ScopeLocked", "", FailureClass.Forbidden)]
    [InlineData(400, "RequestDisallowedByPolicy", "", FailureClass.Forbidden)]
    [InlineData(403, "Whatever", "", FailureClass.Forbidden)]
    [InlineData(401, "InvalidAuthenticationToken", "", FailureClass.Forbidden)]
    [InlineData(400, "AnotherOperationInProgress", "", FailureClass.Conflict)]
    [InlineData(0, "OperationPreempted", "", FailureClass.Conflict)]
    [InlineData(409, "Whatever", "", FailureClass.Conflict)]
    [InlineData(429, "TooManyRequests", "", FailureClass.Throttled)]
    [InlineData(429, "Conflict", "Cannot modify this web hosting plan because another operation is in progress.", FailureClass.Conflict)]
    [InlineData(429, "Conflict", "Not enough available reserved instance servers to satisfy this request. Currently 4 instances are available.", FailureClass.Capacity)]
    [InlineData(409, "Conflict", "No available instances to satisfy this request. App Service is attempting to increase capacity.", FailureClass.Capacity)]
    [InlineData(404, "ResourceNotFound", "", FailureClass.Invalid)]
    [InlineData(400, "InvalidParameter", "", FailureClass.Invalid)]
    [InlineData(500, "InternalServerError", "", FailureClass.Other)]
    [InlineData(0, "Whatever", "", FailureClass.Other)]
    public void Errors_fall_into_classes(int status, string code, string message, FailureClass expected) =>
        Assert.Equal(expected, new ArmError(status, code, message).Class);

    [Theory]
    [InlineData("""{"error":{"code":"A","message":"m"}}""", "A", "m")]
    [InlineData("""{"code":"A","message":"m"}""", "A", "m")]
    [InlineData("""{"Code":"A","Message":"m","Details":[{"Message":"m"},{"Code":"A"},{"ErrorEntity":{"Code":"A","Message":"m"}}]}""", "A", "m")]
    [InlineData("""{"error":{"code":"DeploymentFailed","message":"outer","details":[{"code":"B"},{"code":"AllocationFailed","message":"inner"}]}}""", "AllocationFailed", "inner")]
    [InlineData("""{"error":{"code":"X","message":"m","innererror":{"code":"ScopeLocked","message":"lock"}}}""", "ScopeLocked", "lock")]
    [InlineData("""{"error":{"code":"X","message":"m","details":[{"code":"Y","details":[{"code":"QuotaExceeded","message":"deep"}]}]}}""", "QuotaExceeded", "deep")]
    [InlineData("""{"error":{"message":"m","details":[{"code":"Y","message":"n"}]}}""", "Y", "n")]
    [InlineData("""{"error":{"code":"X","message":7,"details":"none","innererror":[]}}""", "X", "")]
    public void The_error_that_tells_most_is_found(string body, string code, string message)
    {
        using var document = JsonDocument.Parse(body);

        Assert.Equal(new ArmError(409, code, message), ArmError.Find(document.RootElement, 409));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"error":"text"}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":{"code":7}}""")]
    public void A_body_without_an_error_has_none(string body)
    {
        using var document = JsonDocument.Parse(body);

        Assert.Null(ArmError.Find(document.RootElement, 409));
    }

    [Fact]
    public void Nesting_without_end_is_cut_off()
    {
        var body = string.Concat(Enumerable.Repeat("""{"code":"X","innererror":""", 50)) + """{"code":"ScopeLocked"}""" + new string('}', 50);
        using var document = JsonDocument.Parse(body);

        Assert.Equal("X", ArmError.Find(document.RootElement, 409)!.Code);
    }

    [Fact]
    public void Texts_are_short_and_without_line_breaks()
    {
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(new { code = "X", message = "a\r\nb\u001b" + new string('c', 1000) }));

        var message = ArmError.Find(document.RootElement, 409)!.Message;

        Assert.StartsWith("a  b c", message);
        Assert.Equal(300, message.Length);
    }
}
