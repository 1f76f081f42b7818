package legible.nn;

import legible.autograd.Role;
import legible.tensor.Shape;

/// A parameter that a layer needs, before it has elements: a reader of model files can check all
/// shapes without allocating anything.
///
/// @param name unique within the model, such as `conv1.weight`
/// @param role what it is for
/// @param shape its shape
/// @param initializer how a new one is drawn
public record Declaration(String name, Role role, Shape shape, Initializer initializer) {}
